package io.marketbrain.telemetry.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.LockSupport;

/** Writes whole lines to a channel that may accept only a part of them at a time or, in non-blocking mode, nothing. */
final class ChannelWriter {

    private static final long PAUSE_NANOS = 10_000_000;

    private ChannelWriter() {}

    /**
     * Writes all that remains in the buffer.
     *
     * @throws IOException when the channel fails; the buffer's position shows how much was written before
     */
    static void writeFully(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
