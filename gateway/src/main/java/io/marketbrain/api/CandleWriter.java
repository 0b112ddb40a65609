package io.marketbrain.api;

import io.marketbrain.model.Answer;
import io.marketbrain.model.MarketData.Candles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes candles as lines, one page after another. Used by one thread, for one response. */
interface CandleWriter {
    /** Writes the candles of a page; what comes before all candles, before the first. */
    void page(Answer answer, Candles candles, OutputStream out) throws IOException;

    /** Writes what comes after all candles. */
    void end(Optional<Cursor> next, OutputStream out) throws IOException;
}
