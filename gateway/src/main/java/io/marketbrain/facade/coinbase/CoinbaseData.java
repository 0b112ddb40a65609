package io.marketbrain.facade.coinbase;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.QueryResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The paths of tickers, candles, books and trades of one product. Thread-safe. */
final class CoinbaseData {
    private static final int BARS = 300;
    private static final int TRADES = 1000;

    /** The granularities in seconds. */
    private static final Map<String, Interval> INTERVALS = Map.of(
            "60", Interval.M1,
            "300", Interval.M5,
            "900", Interval.M15,
            "3600", Interval.H1,
            "21600", Interval.H6,
            "86400", Interval.D1);

    /** How many levels a book has; the third level of Coinbase, each order by itself, is not known. */
    private static final Map<String, Integer> DEPTHS = Map.of("1", 1, "2", 5000);

    private final FacadeQueries queries;
    private final CoinbaseProducts products;
    private final InstantSource clock;

    CoinbaseData(FacadeQueries queries, CoinbaseProducts products, InstantSource clock) {
        this.queries = queries;
        this.products = products;
        this.clock = clock;
    }

    Response ticker(Request request) throws RequestRejected {
        Parameters.of(request);
        return quote(request, (out, quote) -> {
            CoinbaseReply.decimal(out, "ask", quote.ask());
            CoinbaseReply.decimal(out, "bid", quote.bid());
            CoinbaseReply.decimal(out, "volume", quote.volume());
            CoinbaseReply.nothing(out, "trade_id");
            CoinbaseReply.decimal(out, "price", quote.price());
            CoinbaseReply.nothing(out, "size");
            CoinbaseReply.time(out, "time", quote.asOf());
        });
    }

    Response stats(Request request) throws RequestRejected {
        Parameters.of(request);
        return quote(request, (out, quote) -> {
            CoinbaseReply.decimal(out, "open", quote.open());
            CoinbaseReply.decimal(out, "high", quote.high());
            CoinbaseReply.decimal(out, "low", quote.low());
            CoinbaseReply.decimal(out, "last", quote.price());
            CoinbaseReply.decimal(out, "volume", quote.volume());
            CoinbaseReply.nothing(out, "volume_30day");
        });
    }

    /** Writes the members that a quote has. */
    private interface QuoteWriter {
        void write(JsonOutput out, Quote quote);
    }

    private Response quote(Request request, QuoteWriter writer) throws RequestRejected {
        QueryResult result = fetch(new QuoteQuery(queries.provider(), products.one(request), null), request);
        return labelled(CoinbaseReply.object(out -> writer.write(out, (Quote) result.data())), result);
    }

    /** Newest first. Both ends of the range are inclusive; a range with one end only is ignored, as at Coinbase. */
    Response candles(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, "granularity", "start", "end");
        Interval interval = INTERVALS.get(parameters.find("granularity").orElse("60"));
        if (interval == null) {
            return CoinbaseReply.error(400, "Unsupported granularity");
        }
        Optional<Instant> start = parameters.instant("start");
        Optional<Instant> end = parameters.instant("end");
        boolean range = start.isPresent() && end.isPresent();
        Instant from = range ? start.get() : null;
        Instant to = range ? end.get().plusSeconds(1) : null;
        if (from != null && to != null && interval.bars(from, to) > BARS) {
            return CoinbaseReply.error(
                    400,
                    "granularity too small for the requested time range. Count of aggregations requested exceeds "
                            + BARS);
        }
        QueryResult result =
                fetch(new CandlesQuery(queries.provider(), products.one(request), interval, from, to, BARS), request);
        List<Candle> bars = ((Candles) result.data()).candles().reversed();
        return labelled(CoinbaseReply.array(out -> bars.forEach(bar -> candle(out, bar))), result);
    }

    private static void candle(JsonOutput out, Candle bar) {
        out.startArray();
        out.number(bar.openTime().getEpochSecond());
        CoinbaseReply.number(out, bar.low());
        CoinbaseReply.number(out, bar.high());
        CoinbaseReply.number(out, bar.open());
        CoinbaseReply.number(out, bar.close());
        CoinbaseReply.number(out, bar.volume());
        out.endArray();
    }

    Response book(Request request) throws RequestRejected {
        String level = Parameters.of(request, "level").find("level").orElse("1");
        Integer depth = DEPTHS.get(level);
        if (depth == null) {
            throw RequestRejected.invalid("level", EchoedText.of(level), "1 or 2: single orders are not known");
        }
        QueryResult result = fetch(new BookQuery(queries.provider(), products.one(request), depth, null), request);
        OrderBook book = (OrderBook) result.data();
        Instant known = book.asOf();
        Instant at = known == null ? clock.instant() : known;
        Long sequence = book.sequence();
        return labelled(
                CoinbaseReply.object(out -> {
                    levels(out, "bids", book.bids());
                    levels(out, "asks", book.asks());
                    out.name("sequence");
                    out.number(sequence == null ? at.toEpochMilli() : sequence);
                    CoinbaseReply.flag(out, "auction_mode", false);
                    CoinbaseReply.nothing(out, "auction");
                    CoinbaseReply.time(out, "time", at);
                }),
                result);
    }

    /** The number of orders at a level is not known. */
    private static void levels(JsonOutput out, String name, List<Level> levels) {
        out.name(name);
        out.startArray();
        for (Level level : levels) {
            out.startArray();
            out.text(level.price().toPlainString());
            out.text(level.size().toPlainString());
            out.nothing();
            out.endArray();
        }
        out.endArray();
    }

    /** The latest trades, newest first; pages before or after a trade are not known. */
    Response trades(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, "limit");
        int limit = parameters.integer("limit", TRADES, 1, TRADES);
        QueryResult result = fetch(new TradesQuery(queries.provider(), products.one(request), limit, null), request);
        Consumer<JsonOutput> rows =
                out -> ((Trades) result.data()).trades().reversed().forEach(trade -> trade(out, trade));
        return labelled(CoinbaseReply.array(rows), result);
    }

    /** The side is that of the order that was in the book. */
    private static void trade(JsonOutput out, Trade trade) {
        Side taker = trade.side();
        out.startObject();
        CoinbaseReply.id(out, "trade_id", trade.id());
        CoinbaseReply.text(out, "side", taker == null ? null : taker == Side.BUY ? "sell" : "buy");
        CoinbaseReply.decimal(out, "size", trade.size());
        CoinbaseReply.decimal(out, "price", trade.price());
        CoinbaseReply.time(out, "time", trade.time());
        out.endObject();
    }

    private QueryResult fetch(MarketQuery query, Request request) throws RequestRejected {
        return RequestRejected.orReject(queries.fetch(query, request));
    }

    private static Response labelled(Response response, QueryResult result) {
        return DataLabels.on(response, List.of(result));
    }
}
