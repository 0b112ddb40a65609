package io.marketbrain.cli.candles;

import java.io.IOException;

/** Writes the lines of a CSV or NDJSON response in the format that was asked for. Not thread-safe; used once. */
public interface CandleOutput {
    /** Writes one line of the response, without its line end; the first line of a CSV is the header. */
    void line(String line) throws IOException;

    /** Writes what is held back to be written together; called after each page. */
    default void endBlock() {}

    /** Writes what follows the last line; called only if the response is complete. */
    default void end() throws IOException {}
}
