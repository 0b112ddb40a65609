package io.marketbrain.telemetry.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The terminal. Lines go directly to the file descriptor, not through {@link System#out}, which has a lock shared by
 * all threads and hides failures. A line that was written only partly is terminated before the next one starts. Not
 * thread-safe.
 */
final class TerminalSink implements Sink {

    private static final byte[] LINE_END = {'\n'};

    private final WritableByteChannel channel;
    private boolean midLine;

    TerminalSink(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** The channel of a standard stream; never closed, because the stream belongs to the process. */
    @SuppressWarnings("resource")
    static WritableByteChannel standard(LogConfig.Terminal terminal) {
        FileDescriptor descriptor = switch (terminal) {
            case STDOUT -> FileDescriptor.out;
            case STDERR -> FileDescriptor.err;
        };
        return new FileOutputStream(descriptor).getChannel();
    }

    @Override
    public void write(byte[] line) throws IOException {
        if (midLine) {
            ChannelWriter.writeFully(channel, ByteBuffer.wrap(LINE_END));
            midLine = false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(line);
        try {
            ChannelWriter.writeFully(channel, buffer);
        } finally {
            midLine = buffer.hasRemaining() && buffer.position() > 0;
        }
    }
}
