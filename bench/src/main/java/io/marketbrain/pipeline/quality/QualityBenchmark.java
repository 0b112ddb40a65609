package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time and allocation of the quality layer for data in which nothing is found: quotes of 1,000 instruments in turn, whose
 * prices walk as those of a liquid coin do within a second, so that each has a filled band; 100 candles; 100 trades.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Thread)
public class QualityBenchmark {
    private static final int INSTRUMENTS = 1000;
    private static final int PRICES = 8;
    private static final int ROWS = 100;
    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final Instant NOW = Instant.parse("2026-03-04T18:00:00Z");

    /** The standard deviation of a move, as a part of the price: about 0.4 % an hour, were one to come each second. */
    private static final double STEP = 0.00007;

    private final SplittableRandom random = new SplittableRandom(14);
    private final Call call = new Call(
            new CallId("bench"), Caller.LOCAL, Priority.HIGH, Deadline.in(Duration.ofDays(1), System::nanoTime), false);
    private final QuoteQuery[] queries = new QuoteQuery[INSTRUMENTS];
    private final Outcome<QueryResult>[] quotes = quotes();
    private final Instrument btc = Instrument.crypto("BTC", "USDT");
    private final MarketQuery candlesQuery = new CandlesQuery(BINANCE, btc, Interval.H1, null, null, ROWS);
    private final MarketQuery tradesQuery = new TradesQuery(BINANCE, btc, ROWS, null);
    private final Outcome<QueryResult> candles = outcome(candles());
    private final Outcome<QueryResult> trades = outcome(trades());
    private Outcome<QueryResult> next = candles;
    private int at;
    private final MarketDataSource layer = new QualityLayer(
                    BINANCE, QualityConfig.defaults(), ReferencePrices.none(), new ProviderClock())
            .around((_, _) -> next);

    /** For each instrument in turn its first price, then for each its second one, and so on. */
    @SuppressWarnings("unchecked")
    private Outcome<QueryResult>[] quotes() {
        var all = (Outcome<QueryResult>[]) new Outcome<?>[INSTRUMENTS * PRICES];
        for (int i = 0; i < INSTRUMENTS; i++) {
            Instrument instrument = Instrument.crypto("C" + i, "USDT");
            queries[i] = new QuoteQuery(BINANCE, instrument, null);
            var listing = new Listing(instrument, instrument.base() + "USDT", "Binance", "UTC", "USDT");
            double price = Math.exp(random.nextDouble(-7, 11));
            for (int n = 0; n < PRICES; n++) {
                price = moved(price);
                all[n * INSTRUMENTS + i] = outcome(quote(listing, price, NOW.plusMillis(100L * n)));
            }
        }
        return all;
    }

    private static Quote quote(Listing listing, double price, Instant asOf) {
        return new Quote(
                listing,
                decimal(price),
                decimal(price * 0.9999),
                decimal(3.25),
                decimal(price * 1.0001),
                decimal(1.5),
                decimal(price * 0.99),
                decimal(price * 1.02),
                decimal(price * 0.98),
                decimal(price * 0.995),
                decimal(81_234.5),
                asOf);
    }

    private Candles candles() {
        List<Candle> all = new ArrayList<>();
        double price = 67_123.45;
        for (int i = 0; i < ROWS; i++) {
            double open = price;
            for (int move = 0; move < 60; move++) {
                price = moved(price);
            }
            all.add(new Candle(
                    NOW.minus(Duration.ofHours(ROWS - i)),
                    decimal(open),
                    decimal(Math.max(open, price) * 1.002),
                    decimal(Math.min(open, price) * 0.998),
                    decimal(price),
                    decimal(random.nextDouble(100, 900)),
                    null,
                    null,
                    true));
        }
        return new Candles(listing(), Interval.H1, List.copyOf(all), List.of(), null);
    }

    private Trades trades() {
        List<Trade> all = new ArrayList<>();
        double price = 67_123.45;
        for (int i = 0; i < ROWS; i++) {
            price = moved(price);
            all.add(new Trade("" + i, NOW.minusMillis(50L * (ROWS - i)), decimal(price), decimal(0.01), null));
        }
        return new Trades(listing(), List.copyOf(all), NOW);
    }

    private Listing listing() {
        return new Listing(btc, "BTCUSDT", "Binance", "UTC", "USDT");
    }

    private double moved(double price) {
        return price * Math.exp(STEP * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 2);
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value).setScale(8, RoundingMode.HALF_EVEN);
    }

    private static Outcome<QueryResult> outcome(MarketData data) {
        return Outcome.success(new QueryResult(
                data,
                new Provenance(
                        BINANCE,
                        io.marketbrain.model.Mode.LIVE,
                        null,
                        NOW.plusSeconds(1),
                        Freshness.FRESH,
                        List.of(),
                        List.of())));
    }

    @Benchmark
    public Outcome<QueryResult> cleanQuote() {
        at = at + 1 == quotes.length ? 0 : at + 1;
        next = quotes[at];
        return clean(layer.fetch(queries[at % INSTRUMENTS], call));
    }

    @Benchmark
    public Outcome<QueryResult> hundredCleanCandles() {
        next = candles;
        return clean(layer.fetch(candlesQuery, call));
    }

    @Benchmark
    public Outcome<QueryResult> hundredCleanTrades() {
        next = trades;
        return clean(layer.fetch(tradesQuery, call));
    }

    /** Fails if anything was found: what is measured must be the clean case. */
    private Outcome<QueryResult> clean(Outcome<QueryResult> outcome) {
        if (outcome != next) {
            throw new IllegalStateException("found something: " + outcome);
        }
        return outcome;
    }
}
