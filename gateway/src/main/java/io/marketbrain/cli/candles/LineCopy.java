package io.marketbrain.cli.candles;

import java.io.PrintStream;

/** Writes the lines as they are. */
public final class LineCopy implements CandleOutput {
    private final PrintStream out;

    public LineCopy(PrintStream out) {
        this.out = out;
    }

    @Override
    public void line(String line) {
        out.append(line).append('\n');
    }
}
