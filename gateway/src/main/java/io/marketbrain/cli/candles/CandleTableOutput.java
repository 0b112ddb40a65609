package io.marketbrain.cli.candles;

import io.marketbrain.cli.console.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes the API's CSV as a table, in blocks so that a long range is not kept in memory. */
public final class CandleTableOutput implements CandleOutput {
    private static final int BLOCK = 1000;

    private final PrintStream out;
    private final UnaryOperator<String> time;
    private @Nullable CsvHeader header;
    private TextTable table = new TextTable();

    public CandleTableOutput(PrintStream out, UnaryOperator<String> time) {
        this.out = out;
        this.time = time;
    }

    @Override
    public void line(String line) {
        if (header == null) {
            header = CsvHeader.of(line);
            table = new TextTable(header.columns().stream()
                    .map(name -> name.replace('_', ' ').toUpperCase(Locale.ROOT))
                    .toArray(String[]::new));
            return;
        }
        List<String> cells = new ArrayList<>(CsvHeader.cells(line));
        cells.set(header.openTime(), time.apply(cells.get(header.openTime())));
        cells.replaceAll(cell -> cell.isEmpty() ? "-" : cell);
        table.add(cells);
        if (table.pending() >= BLOCK) {
            endBlock();
        }
    }

    @Override
    public void endBlock() {
        if (header != null) {
            out.append(table.block());
        }
    }
}
