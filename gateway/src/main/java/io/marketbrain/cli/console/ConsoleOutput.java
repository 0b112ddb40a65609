package io.marketbrain.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output as buffered UTF-8, whatever the locale is. Like every {@link PrintStream} it throws nothing; unlike
 * others it says why a write failed. Thread-safe.
 */
public final class ConsoleOutput extends PrintStream {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private final FailureRecorder recorder;
    private final boolean standard;

    /** Output to {@code target}. */
    public ConsoleOutput(OutputStream target) {
        this(new FailureRecorder(target), false);
    }

    private ConsoleOutput(FailureRecorder recorder, boolean standard) {
        super(recorder, false, StandardCharsets.UTF_8);
        this.recorder = recorder;
        this.standard = standard;
    }

    /** The standard output of this process. */
    public static ConsoleOutput ofProcess() {
        return new ConsoleOutput(new FailureRecorder(new FileOutputStream(FileDescriptor.out)), true);
    }

    /** Why the first write that failed did, if one has. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(recorder.failure);
    }

    /** Whether the write failed because the program that read the output has ended, as {@code head} does. */
    boolean readerHasEnded() {
        String reason = failure()
                .map(failure -> String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT))
                .orElse("");
        return reason.contains("pipe") || reason.contains("connection reset") || (standard && isPipe());
    }

    /** The message of a failed write is in the language of the user, so a pipe is also recognised by its kind. */
    private static boolean isPipe() {
        try {
            String target = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private static final class FailureRecorder extends OutputStream {
        private static final int BUFFER = 8192;

        private final OutputStream target;
        private final byte[] buffer = new byte[BUFFER];
        private int filled;
        private volatile @Nullable IOException failure;

        FailureRecorder(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > BUFFER - filled) {
                drain();
            }
            if (length > BUFFER) {
                send(bytes, offset, length);
            } else {
                System.arraycopy(bytes, offset, buffer, filled, length);
                filled += length;
            }
        }

        @Override
        public void flush() throws IOException {
            drain();
            target.flush();
        }

        private void drain() throws IOException {
            int length = filled;
            filled = 0;
            send(buffer, 0, length);
        }

        private void send(byte[] bytes, int offset, int length) throws IOException {
            IOException before = failure;
            if (before != null) {
                throw new IOException(before);
            }
            try {
                target.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
