package io.marketbrain.cli.candles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Splits a response into lines, passes them to an output, and knows how far it got. Holds one line at a time. Written by
 * one thread; {@link #stop} may be called by another.
 */
public final class CandleLines extends OutputStream {
    private static final String JSON_ROW = "{\"open_time\":\"";
    private static final int STOP_MILLIS = 500;

    private final CandleOutput output;
    private final PrintStream out;
    private final Consumer<RangePosition> progress;
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private @Nullable CsvHeader header;
    private long rows;
    private @Nullable String lastOpen;
    private boolean stopped;
    private volatile RangePosition position = RangePosition.START;

    /**
     * @param out the stream that {@code output} writes to
     * @param progress told the position after each page
     */
    public CandleLines(CandleOutput output, PrintStream out, Consumer<RangePosition> progress) {
        this.output = output;
        this.out = out;
        this.progress = progress;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writing.lock();
        try {
            if (stopped) {
                throw new IOException("the process is stopping");
            }
            int from = offset;
            for (int at = offset; at < offset + length; at++) {
                if (bytes[at] == '\n') {
                    line.write(bytes, from, at - from);
                    from = at + 1;
                    endLine();
                }
            }
            line.write(bytes, from, offset + length - from);
        } finally {
            writing.unlock();
        }
    }

    private void endLine() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        output.line(text);
        if (text.startsWith("{")) {
            if (text.startsWith(JSON_ROW)) {
                rows++;
                lastOpen = text.substring(JSON_ROW.length(), text.indexOf('"', JSON_ROW.length()));
            }
        } else if (header == null) {
            header = CsvHeader.of(text);
        } else {
            rows++;
            lastOpen = CsvHeader.cells(text).get(header.openTime());
        }
    }

    /** Writes the page that ends here; throws if standard output cannot be written. */
    @Override
    public void flush() throws IOException {
        writing.lock();
        try {
            output.endBlock();
            if (out.checkError()) {
                throw new IOException("the output cannot be written");
            }
            position = new RangePosition(rows, lastOpen == null ? null : Instant.parse(lastOpen));
        } finally {
            writing.unlock();
        }
        progress.accept(position);
    }

    /** The position after the last page that was written. */
    public RangePosition position() {
        return position;
    }

    /** Stops after the current line; returns the position, or nothing if the reader of the output blocks it. */
    public Optional<RangePosition> stop() throws InterruptedException {
        if (!writing.tryLock(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try {
            stopped = true;
            output.endBlock();
            return out.checkError()
                    ? Optional.empty()
                    : Optional.of(new RangePosition(rows, lastOpen == null ? null : Instant.parse(lastOpen)));
        } finally {
            writing.unlock();
        }
    }
}
