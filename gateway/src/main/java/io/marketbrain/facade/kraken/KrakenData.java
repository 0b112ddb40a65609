package io.marketbrain.facade.kraken;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.facade.TradeIds;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
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
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The paths of tickers, candles, books and trades. Thread-safe. */
final class KrakenData {
    private static final int BARS = 720;
    private static final int DEFAULT_LEVELS = 100;
    private static final int MOST_LEVELS = 500;
    private static final int TRADES = 1000;
    private static final long NANOS = 1_000_000_000;
    private static final BigDecimal NANOS_FROM = BigDecimal.valueOf(100_000_000_000L);

    private final FacadeQueries queries;
    private final KrakenPairs pairs;
    private final InstantSource clock;
    private final int most;

    /** @param most how many pairs of a provider one request may ask for, since each is a call */
    KrakenData(FacadeQueries queries, KrakenPairs pairs, InstantSource clock, int most) {
        this.queries = queries;
        this.pairs = pairs;
        this.clock = clock;
        this.most = most;
    }

    Response ticker(Request request) throws RequestRejected {
        Parameters.of(request, "pair", "asset_class");
        List<Instrument> wanted = pairs.several(request);
        if (wanted.size() > most && !queries.isMocked()) {
            throw new RequestRejected(new Failure.InvalidQuery("pair", "", "at most " + most + " pairs"));
        }
        List<QueryResult> results = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += most) {
            List<QuoteQuery> some = wanted.subList(from, Math.min(wanted.size(), from + most)).stream()
                    .map(instrument -> new QuoteQuery(queries.provider(), instrument, null))
                    .toList();
            for (Outcome<QueryResult> outcome : queries.fetchAll(some, request)) {
                results.add(RequestRejected.orReject(outcome));
            }
        }
        Response response = KrakenReply.result(out -> {
            for (int i = 0; i < results.size(); i++) {
                out.name(KrakenNames.pair(wanted.get(i)));
                out.startObject();
                ticker(out, (Quote) results.get(i).data());
                out.endObject();
            }
        });
        return DataLabels.on(response, results);
    }

    /** Of two figures the first is that of today, which is not known, and the second that of the last 24 hours. */
    private static void ticker(JsonOutput out, Quote quote) {
        KrakenReply.texts(out, "a", text(quote.ask()), whole(quote.askSize()), text(quote.askSize()));
        KrakenReply.texts(out, "b", text(quote.bid()), whole(quote.bidSize()), text(quote.bidSize()));
        KrakenReply.texts(out, "c", text(quote.price()), null);
        KrakenReply.texts(out, "v", null, text(quote.volume()));
        KrakenReply.texts(out, "p", null, null);
        KrakenReply.texts(out, "t", null, null);
        KrakenReply.texts(out, "l", null, text(quote.low()));
        KrakenReply.texts(out, "h", null, text(quote.high()));
        KrakenReply.text(out, "o", text(quote.open()));
    }

    @Nullable
    private static String text(@Nullable BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }

    @Nullable
    private static String whole(@Nullable BigDecimal value) {
        return value == null ? null : value.setScale(0, RoundingMode.DOWN).toPlainString();
    }

    Response candles(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, "pair", "interval", "since", "asset_class");
        Instrument instrument = pairs.one(parameters);
        String minutes = parameters.find("interval").orElse("1");
        Interval interval = KrakenNames.findInterval(minutes)
                .orElseThrow(() -> new RequestRejected(new Failure.InvalidQuery("interval", minutes, "minutes")));
        Optional<Instant> since = since(parameters);
        QueryResult result =
                fetch(new CandlesQuery(queries.provider(), instrument, interval, null, null, BARS), request);
        List<Candle> bars = ((Candles) result.data()).candles();
        List<Candle> after = bars.stream()
                .filter(bar -> since.isEmpty() || bar.openTime().isAfter(since.get()))
                .toList();
        Response response = KrakenReply.result(out -> {
            out.name(KrakenNames.pair(instrument));
            out.startArray();
            after.forEach(bar -> candle(out, bar));
            out.endArray();
            out.name("last");
            out.number(bars.stream()
                    .filter(Candle::complete)
                    .map(bar -> bar.openTime().getEpochSecond())
                    .reduce(0L, Math::max));
        });
        return DataLabels.on(response, List.of(result));
    }

    private static void candle(JsonOutput out, Candle bar) {
        out.startArray();
        out.number(bar.openTime().getEpochSecond());
        KrakenReply.decimal(out, bar.open());
        KrakenReply.decimal(out, bar.high());
        KrakenReply.decimal(out, bar.low());
        KrakenReply.decimal(out, bar.close());
        out.nothing();
        KrakenReply.decimal(out, bar.volume());
        Long trades = bar.trades();
        if (trades == null) {
            out.nothing();
        } else {
            out.number(trades);
        }
        out.endArray();
    }

    Response depth(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, "pair", "count", "asset_class");
        Instrument instrument = pairs.one(parameters);
        int count = parameters.integer("count", DEFAULT_LEVELS, 1, MOST_LEVELS);
        QueryResult result = fetch(new BookQuery(queries.provider(), instrument, count, null), request);
        OrderBook book = (OrderBook) result.data();
        Instant known = book.asOf();
        long at = (known == null ? clock.instant() : known).getEpochSecond();
        Response response = KrakenReply.result(out -> {
            out.name(KrakenNames.pair(instrument));
            out.startObject();
            levels(out, "asks", book.asks(), at);
            levels(out, "bids", book.bids(), at);
            out.endObject();
        });
        return DataLabels.on(response, List.of(result));
    }

    private static void levels(JsonOutput out, String name, List<Level> levels, long at) {
        out.name(name);
        out.startArray();
        for (Level level : levels) {
            out.startArray();
            KrakenReply.decimal(out, level.price());
            KrakenReply.decimal(out, level.size());
            out.number(at);
            out.endArray();
        }
        out.endArray();
    }

    /** The latest trades; a time that they do not reach is refused, never answered in part. */
    Response trades(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, "pair", "since", "count", "asset_class");
        Instrument instrument = pairs.one(parameters);
        int count = parameters.integer("count", TRADES, 1, TRADES);
        Optional<Instant> since = since(parameters);
        int wanted = since.isPresent() ? TRADES : count;
        QueryResult result = fetch(new TradesQuery(queries.provider(), instrument, wanted, null), request);
        List<Trade> known = ((Trades) result.data()).trades();
        boolean reached = since.isEmpty()
                || known.size() < TRADES
                || !known.getFirst().time().isAfter(since.get());
        if (!reached) {
            throw new RequestRejected(new Failure.InvalidQuery("since", "", "within the latest trades"));
        }
        List<Trade> after = known.stream()
                .filter(trade -> since.isEmpty() || trade.time().isAfter(since.get()))
                .limit(count)
                .toList();
        Response response = KrakenReply.result(out -> {
            out.name(KrakenNames.pair(instrument));
            out.startArray();
            after.forEach(trade -> trade(out, trade));
            out.endArray();
            Instant last = after.isEmpty()
                    ? since.orElse(clock.instant())
                    : after.getLast().time();
            KrakenReply.text(out, "last", Long.toString(last.getEpochSecond() * NANOS + last.getNano()));
        });
        return DataLabels.on(response, List.of(result));
    }

    private static void trade(JsonOutput out, Trade trade) {
        out.startArray();
        KrakenReply.decimal(out, trade.price());
        KrakenReply.decimal(out, trade.size());
        out.number(seconds(trade.time()));
        out.text(trade.side() == null ? "" : trade.side() == Side.BUY ? "b" : "s");
        out.text(""); // whether the order had a limit is not known
        out.text("");
        TradeIds.write(out, trade.id());
        out.endArray();
    }

    private static String seconds(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(BigDecimal.valueOf(time.getNano(), 9))
                .setScale(7, RoundingMode.DOWN)
                .toPlainString();
    }

    /** A time in seconds, with or without fractions, or in nanoseconds. */
    private static Optional<Instant> since(Parameters parameters) throws RequestRejected {
        Optional<String> text = parameters.find("since");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.get().matches("[0-9]{1,19}(\\.[0-9]{1,9})?")) {
            throw new RequestRejected(new Failure.InvalidQuery("since", "", "a time"));
        }
        BigDecimal time = new BigDecimal(text.get());
        BigDecimal nanos = time.compareTo(NANOS_FROM) > 0 ? time : time.movePointRight(9);
        BigDecimal[] parts = nanos.setScale(0, RoundingMode.DOWN).divideAndRemainder(BigDecimal.valueOf(NANOS));
        return Optional.of(Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact()));
    }

    private QueryResult fetch(MarketQuery query, Request request) throws RequestRejected {
        return RequestRejected.orReject(queries.fetch(query, request));
    }
}
