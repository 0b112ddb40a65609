package io.marketbrain.cli.candles;

import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes the API's CSV with the times as the user wants them, and the header if wanted. */
public final class CandleCsvOutput implements CandleOutput {
    private final PrintStream out;
    private final UnaryOperator<String> time;
    private final boolean withHeader;
    private @Nullable CsvHeader header;

    public CandleCsvOutput(PrintStream out, UnaryOperator<String> time, boolean withHeader) {
        this.out = out;
        this.time = time;
        this.withHeader = withHeader;
    }

    @Override
    public void line(String line) {
        if (header == null) {
            header = CsvHeader.of(line);
            if (withHeader) {
                out.append(line).append('\n');
            }
            return;
        }
        List<String> cells = CsvHeader.cells(line);
        cells.set(header.openTime(), time.apply(cells.get(header.openTime())));
        out.append(String.join(",", cells)).append('\n');
    }
}
