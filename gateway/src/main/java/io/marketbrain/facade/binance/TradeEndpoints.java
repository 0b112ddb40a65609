package io.marketbrain.facade.binance;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.TradeIds;
import io.marketbrain.facade.binance.BinanceSource.Found;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.TradesQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The paths of trades. The gateway knows the latest trades, of the mock market also those until an instant; a range in the
 * past that these do not reach is refused, never answered in part. Thread-safe.
 */
final class TradeEndpoints {
    private static final int DEFAULT = 500;
    private static final int MOST = 1000;

    /** How often a range is halved until the latest trades of it reach its beginning. */
    private static final int HALVINGS = 30;

    private static final BinanceError OUT_OF_REACH = new BinanceError(
            400,
            -1128,
            "Combination of optional parameters invalid: this gateway knows only the latest " + MOST
                    + " trades, which do not reach 'startTime'.");
    private static final BinanceError ID_OUT_OF_REACH = new BinanceError(
            400,
            -1130,
            "Data sent for parameter 'fromId' is not valid: this gateway knows only the latest " + MOST
                    + " trades, which are later than that.");
    private static final BinanceError NO_NUMBERS =
            new BinanceError(400, -1130, "Data sent for parameter 'fromId' is not valid: the trades have no numbers.");

    private final BinanceSource source;
    private final InstantSource clock;

    TradeEndpoints(BinanceSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    Response trades(Request request) throws BinanceRejected {
        var parameters = BinanceParameters.of(request, "symbol", "limit");
        String symbol = parameters.symbol();
        Found<Trades> found = fetch(source.instrument(symbol), parameters.limit(DEFAULT, MOST), null, request);
        return response(found, found.data().trades(), TradeEndpoints::write);
    }

    Response aggregated(Request request) throws BinanceRejected {
        var parameters = BinanceParameters.of(request, "symbol", "fromId", "startTime", "endTime", "limit");
        String symbol = parameters.symbol();
        int limit = parameters.limit(DEFAULT, MOST);
        Optional<Long> fromId = parameters.id("fromId");
        if (fromId.isPresent()) {
            if (parameters
                    .find("startTime")
                    .or(() -> parameters.find("endTime"))
                    .isPresent()) {
                throw new BinanceRejected(BinanceError.INVALID_COMBINATION);
            }
            Found<Trades> found = fetch(source.instrument(symbol), MOST, null, request);
            return response(found, from(fromId.get(), found.data(), limit), TradeEndpoints::writeAggregated);
        }
        Optional<Instant> start = parameters.time("startTime");
        Optional<Instant> end = parameters.time("endTime").filter(until -> until.isBefore(clock.instant()));
        Instrument instrument = source.instrument(symbol);
        if (start.isEmpty()) {
            Found<Trades> found = fetch(instrument, limit, end.orElse(null), request);
            return response(found, found.data().trades(), TradeEndpoints::writeAggregated);
        }
        Found<Trades> found = reaching(start.get(), end, instrument, request);
        List<Trade> within = found.data().trades().stream()
                .filter(trade -> !trade.time().isBefore(start.get()))
                .filter(trade -> end.isEmpty() || !trade.time().isAfter(end.get()))
                .limit(limit)
                .toList();
        return response(found, within, TradeEndpoints::writeAggregated);
    }

    /** The trades from a number on, which the latest ones must reach. */
    private static List<Trade> from(long id, Trades latest, int limit) throws BinanceRejected {
        List<Trade> trades = latest.trades();
        if (!trades.stream().allMatch(trade -> TradeIds.isNumber(trade.id()))) {
            throw new BinanceRejected(NO_NUMBERS);
        }
        boolean reached =
                trades.size() < MOST || Long.parseLong(trades.getFirst().id()) <= id;
        if (!reached) {
            throw new BinanceRejected(ID_OUT_OF_REACH);
        }
        return trades.stream()
                .filter(trade -> Long.parseLong(trade.id()) >= id)
                .limit(limit)
                .toList();
    }

    /** The trades up to an instant of a range that reach its beginning: up to its end if they are few enough. */
    private Found<Trades> reaching(Instant start, Optional<Instant> end, Instrument instrument, Request request)
            throws BinanceRejected {
        Found<Trades> found = fetch(instrument, MOST, end.orElse(null), request);
        Instant until = end.orElse(clock.instant());
        for (int i = 0; i < HALVINGS && !reaches(found.data(), start); i++) {
            if (!source.isMocked()) {
                throw new BinanceRejected(OUT_OF_REACH);
            }
            until = start.plus(Duration.between(start, until).dividedBy(2));
            found = fetch(instrument, MOST, until, request);
        }
        return found;
    }

    private static boolean reaches(Trades trades, Instant start) {
        return trades.trades().size() < MOST
                || trades.trades().getFirst().time().isBefore(start);
    }

    private Found<Trades> fetch(Instrument instrument, int limit, @Nullable Instant at, Request request)
            throws BinanceRejected {
        return source.fetch(Trades.class, new TradesQuery(source.provider(), instrument, limit, at), request);
    }

    /** Writes the members of one trade. */
    private interface TradeWriter {
        void write(JsonOutput out, Trade trade);
    }

    private static Response response(Found<Trades> found, List<Trade> trades, TradeWriter writer) {
        var out = new JsonOutput();
        out.startArray();
        for (Trade trade : trades) {
            out.startObject();
            writer.write(out, trade);
            out.endObject();
        }
        out.endArray();
        return DataLabels.on(Response.json(out.finish()), List.of(found.result()));
    }

    private static void write(JsonOutput out, Trade trade) {
        BinanceJson.id(out, "id", trade.id());
        BinanceJson.decimal(out, "price", trade.price());
        BinanceJson.decimal(out, "qty", trade.size());
        BinanceJson.decimal(out, "quoteQty", trade.price().multiply(trade.size()));
        BinanceJson.time(out, "time", trade.time());
        BinanceJson.flag(out, "isBuyerMaker", boughtByMaker(trade.side()));
        BinanceJson.flag(out, "isBestMatch", true);
    }

    /** Each trade counts as an aggregate of one, because our trades are not put together. */
    private static void writeAggregated(JsonOutput out, Trade trade) {
        BinanceJson.id(out, "a", trade.id());
        BinanceJson.decimal(out, "p", trade.price());
        BinanceJson.decimal(out, "q", trade.size());
        BinanceJson.id(out, "f", trade.id());
        BinanceJson.id(out, "l", trade.id());
        BinanceJson.time(out, "T", trade.time());
        BinanceJson.flag(out, "m", boughtByMaker(trade.side()));
        BinanceJson.flag(out, "M", true);
    }

    /** Whether the buyer's order was in the book: it was if the taker sold. */
    static @Nullable Boolean boughtByMaker(@Nullable Side taker) {
        return taker == null ? null : taker == Side.SELL;
    }
}
