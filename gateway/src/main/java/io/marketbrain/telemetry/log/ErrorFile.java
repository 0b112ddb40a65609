package io.marketbrain.telemetry.log;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file for errors. It is opened for each line: errors are rare, and this allows the file to be removed, moved or
 * made writable again at any time. Nothing is created before the first line. If a line would exceed the size limit, the
 * file is rotated to {@code .1}, {@code .2} and so on, and the oldest beyond the configured number is deleted. Not
 * thread-safe.
 */
final class ErrorFile implements Sink {

    private static final byte LINE_END = '\n';

    private final Path path;
    private final long maxBytes;
    private final int kept;
    private boolean midLine;

    ErrorFile(Path path, long maxBytes, int kept) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.kept = kept;
    }

    @Override
    public void write(byte[] line) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        if (Files.isRegularFile(path) && Files.size(path) + line.length > maxBytes) {
            rotate();
        }
        append(line);
    }

    private void append(byte[] line) throws IOException {
        requireWritable();
        try (FileChannel channel = FileChannel.open(path, CREATE, WRITE, APPEND)) {
            ByteBuffer buffer = midLine && channel.size() > 0 ? afterBrokenLine(line) : ByteBuffer.wrap(line);
            try {
                ChannelWriter.writeFully(channel, buffer);
                midLine = false;
            } finally {
                midLine |= buffer.hasRemaining() && buffer.position() > 0;
            }
        }
    }

    /** Opening a named pipe would block this thread until another process reads from it. */
    private void requireWritable() throws IOException {
        boolean device = path.toAbsolutePath().startsWith("/dev");
        if (!device && Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("not a regular file");
        }
    }

    private static ByteBuffer afterBrokenLine(byte[] line) {
        return ByteBuffer.allocate(line.length + 1).put(LINE_END).put(line).flip();
    }

    private void rotate() throws IOException {
        Files.deleteIfExists(rotated(kept));
        for (int number = kept - 1; number >= 0; number--) {
            if (Files.exists(rotated(number))) {
                Files.move(rotated(number), rotated(number + 1));
            }
        }
        midLine = false;
    }

    private Path rotated(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }
}
