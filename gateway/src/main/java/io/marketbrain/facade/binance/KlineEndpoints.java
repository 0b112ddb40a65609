package io.marketbrain.facade.binance;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.binance.BinanceSource.Found;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The paths of candles, and the average price that is made of them. Thread-safe. */
final class KlineEndpoints {
    private static final int DEFAULT = 500;
    private static final int MOST = 1000;
    private static final int AVERAGE_MINUTES = 5;
    private static final int AVERAGE_PLACES = 8;
    private static final BigDecimal PRICES = BigDecimal.valueOf(4);
    private static final Set<String> UTC = Set.of("0", "0:00", "+0:00", "-0:00", "00:00", "+00:00", "-00:00");

    /** The intervals that Binance does not have. */
    private static final Set<Interval> OTHERS = Set.of(Interval.S5, Interval.S15);

    private final BinanceSource source;
    private final InstantSource clock;
    private final int most;

    /** @param most how many candles one response may contain */
    KlineEndpoints(BinanceSource source, InstantSource clock, int most) {
        this.source = source;
        this.clock = clock;
        this.most = Math.min(most, MOST);
    }

    static Optional<Interval> findInterval(String wire) {
        return Interval.find(wire).filter(interval -> !OTHERS.contains(interval));
    }

    Response klines(Request request) throws BinanceRejected {
        var parameters =
                BinanceParameters.of(request, "symbol", "interval", "startTime", "endTime", "timeZone", "limit");
        String symbol = parameters.symbol();
        Optional<Interval> interval = findInterval(parameters.text("interval"));
        if (interval.isEmpty()) {
            throw new BinanceRejected(BinanceError.INVALID_INTERVAL);
        }
        if (parameters.find("timeZone").filter(zone -> !UTC.contains(zone)).isPresent()) {
            throw new BinanceRejected(new BinanceError(
                    400,
                    -1130,
                    "Data sent for parameter 'timeZone' is not valid: this gateway has candles in UTC only."));
        }
        Instant from = parameters.time("startTime").orElse(null);
        Instant to = parameters.time("endTime").map(end -> end.plusMillis(1)).orElse(null);
        int limit = parameters.limit(Math.min(DEFAULT, most), most);
        Instrument instrument = source.instrument(symbol);
        boolean none = from != null && (from.isAfter(clock.instant()) || (to != null && !from.isBefore(to)));
        if (none) {
            return DataLabels.on(rows(interval.get(), List.of()), source.isMocked());
        }
        Found<Candles> found = source.fetch(
                Candles.class,
                new CandlesQuery(source.provider(), instrument, interval.get(), from, to, limit),
                request);
        return DataLabels.on(rows(interval.get(), found.data().candles()), List.of(found.result()));
    }

    private static Response rows(Interval interval, List<Candle> candles) {
        var out = new JsonOutput();
        out.startArray();
        candles.forEach(candle -> row(out, interval, candle));
        out.endArray();
        return Response.json(out.finish());
    }

    private static void row(JsonOutput out, Interval interval, Candle candle) {
        out.startArray();
        out.number(candle.openTime().toEpochMilli());
        BinanceJson.decimal(out, candle.open());
        BinanceJson.decimal(out, candle.high());
        BinanceJson.decimal(out, candle.low());
        BinanceJson.decimal(out, candle.close());
        BinanceJson.decimal(out, candle.volume());
        out.number(interval.next(candle.openTime()).toEpochMilli() - 1);
        BinanceJson.decimal(out, candle.quoteVolume());
        Long trades = candle.trades();
        if (trades == null) {
            out.nothing();
        } else {
            out.number(trades);
        }
        out.nothing(); // what takers bought is not known
        out.nothing();
        out.text("0"); // Binance's own filler
        out.endArray();
    }

    /** The average price of the last minutes, weighted by volume. */
    Response average(Request request) throws BinanceRejected {
        String symbol = BinanceParameters.of(request, "symbol").symbol();
        Found<Candles> found = source.fetch(
                Candles.class,
                new CandlesQuery(
                        source.provider(), source.instrument(symbol), Interval.M1, null, null, AVERAGE_MINUTES),
                request);
        var out = new JsonOutput();
        out.startObject();
        out.name("mins");
        out.number(AVERAGE_MINUTES);
        BinanceJson.decimal(out, "price", average(found.data().candles()));
        BinanceJson.time(out, "closeTime", clock.instant());
        out.endObject();
        return DataLabels.on(Response.json(out.finish()), List.of(found.result()));
    }

    /** Turnover by volume; where the turnover of a minute is not known, that of its mean price. */
    private static BigDecimal average(List<Candle> candles) throws BinanceRejected {
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal turnover = BigDecimal.ZERO;
        for (Candle candle : candles) {
            BigDecimal traded = candle.volume();
            if (traded != null) {
                BigDecimal exact = candle.quoteVolume();
                volume = volume.add(traded);
                turnover = turnover.add(exact == null ? traded.multiply(mean(candle)) : exact);
            }
        }
        if (volume.signum() == 0) {
            if (candles.isEmpty()) {
                throw new BinanceRejected(BinanceError.INVALID_SYMBOL);
            }
            return candles.getLast().close();
        }
        return turnover.divide(volume, AVERAGE_PLACES, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal mean(Candle candle) {
        return candle.open()
                .add(candle.high())
                .add(candle.low())
                .add(candle.close())
                .divide(PRICES, AVERAGE_PLACES + 2, RoundingMode.HALF_EVEN);
    }
}
