package io.marketbrain.api.candles;

import io.marketbrain.api.request.PageCursor;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.QueryResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes candles line by line, one page after another. Not thread-safe; used for one response. */
interface CandleWriter {
    /** Writes the candles of a page; before the first page also the header, if the format has one. */
    void page(QueryResult answer, Candles candles, OutputStream out) throws IOException;

    /** Writes the trailer, if the format has one. */
    void end(Optional<PageCursor> next, OutputStream out) throws IOException;
}
