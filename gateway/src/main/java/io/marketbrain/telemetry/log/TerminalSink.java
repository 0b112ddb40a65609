package io.marketbrain.telemetry.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The terminal: lines go straight to the file descriptor, past {@link System#out}, whose lock everyone shares and which
 * hides failures. A line that failed half-way is ended before the next one begins.
 */
final class TerminalSink implements Sink {

    private static final byte[] LINE_END = {'\n'};

    private final WritableByteChannel channel;
    private boolean midLine;

    TerminalSink(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** The channel of a standard stream; never closed, since the stream is the process's. */
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
