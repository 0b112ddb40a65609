package io.marketbrain.cli.commands;

import io.marketbrain.api.candles.CandleDrawing;
import io.marketbrain.cli.candles.CandleOutput;
import java.io.IOException;
import java.io.PrintStream;

/** Draws the API's CSV as a chart. Holds all candles, so their number is limited. */
final class ChartOutput implements CandleOutput {
    static final int MAX_CANDLES = CandleDrawing.MAX_CANDLES;

    private final PrintStream out;
    private final String title;
    private final StringBuilder csv = new StringBuilder();
    private int lines;

    ChartOutput(PrintStream out, String title) {
        this.out = out;
        this.title = title;
    }

    /** The range has too many candles for a chart. */
    static final class TooManyCandles extends IOException {
        private static final long serialVersionUID = 1;

        TooManyCandles() {
            super("a chart has at most " + MAX_CANDLES + " candles; choose a longer --interval or a --limit");
        }
    }

    @Override
    public void line(String line) throws IOException {
        if (lines++ > MAX_CANDLES) {
            throw new TooManyCandles();
        }
        csv.append(line).append('\n');
    }

    @Override
    public void end() {
        out.append(CandleChart.svg(csv.toString(), title));
    }
}
