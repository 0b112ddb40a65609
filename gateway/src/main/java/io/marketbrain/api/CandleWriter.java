package io.marketbrain.api;

import io.marketbrain.model.Answer;
import io.marketbrain.model.MarketData.Candles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes candles line by line, one page after another. Not thread-safe; used for one response. */
interface CandleWriter {
    /** Writes the candles of a page; before the first page also the header, if the format has one. */
    void page(Answer answer, Candles candles, OutputStream out) throws IOException;

    /** Writes the trailer, if the format has one. */
    void end(Optional<Cursor> next, OutputStream out) throws IOException;
}
