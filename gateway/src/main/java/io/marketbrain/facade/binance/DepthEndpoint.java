package io.marketbrain.facade.binance;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.binance.BinanceSource.Found;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketQuery.BookQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The path of the order book. Thread-safe. */
final class DepthEndpoint {
    private static final int DEFAULT = 100;
    private static final int MOST = 5000;

    private final BinanceSource source;
    private final RecentDepths sent;
    private final InstantSource clock;

    /** @param sent remembers the books, for the clients that apply the changes of a stream to them */
    DepthEndpoint(BinanceSource source, RecentDepths sent, InstantSource clock) {
        this.source = source;
        this.sent = sent;
        this.clock = clock;
    }

    Response depth(Request request) throws BinanceRejected {
        var parameters = BinanceParameters.of(request, "symbol", "limit", "symbolStatus");
        String symbol = parameters.symbol();
        int limit = parameters.limit(DEFAULT, MOST);
        var query = new BookQuery(source.provider(), source.instrument(symbol), limit, null);
        Found<OrderBook> found = source.fetch(OrderBook.class, query, request);
        long updateId = updateId(found.data(), clock);
        if (!sent.add(symbol, updateId, found.data())) {
            found = source.fetchNew(OrderBook.class, query, request);
            updateId = updateId(found.data(), clock);
            sent.add(symbol, updateId, found.data());
        }
        var out = new JsonOutput();
        out.startObject();
        out.name("lastUpdateId");
        out.number(updateId);
        levels(out, "bids", found.data().bids());
        levels(out, "asks", found.data().asks());
        out.endObject();
        return DataLabels.on(Response.json(out.finish()), List.of(found.result()));
    }

    /** The provider's number of the book; where it has none, the book's time in milliseconds, which grows as well. */
    private static long updateId(OrderBook book, InstantSource clock) {
        Long sequence = book.sequence();
        if (sequence != null) {
            return sequence;
        }
        Instant at = book.asOf();
        return (at == null ? clock.instant() : at).toEpochMilli();
    }

    private static void levels(JsonOutput out, String name, List<Level> levels) {
        out.name(name);
        out.startArray();
        for (Level level : levels) {
            out.startArray();
            BinanceJson.decimal(out, level.price());
            BinanceJson.decimal(out, level.size());
            out.endArray();
        }
        out.endArray();
    }
}
