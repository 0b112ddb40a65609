package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.redis.RedisTier;
import io.marketbrain.pipeline.cache.tier.NoSharedTier;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import io.marketbrain.store.redis.RedisConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Time and allocation of a cache hit in each tier, through the whole layer. */
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class CacheBenchmark {
    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final Instant YESTERDAY = Instant.parse("2026-03-04T00:00:00Z");
    /** Recent enough that quotes are not stale by their own time. */
    private static final Instant QUOTED_AT = Instant.now();

    private static final Call CALL = new Call(
            new CallId("bench"), Caller.LOCAL, Priority.HIGH, Deadline.in(Duration.ofDays(1), System::nanoTime), false);

    private static MarketDataSource cache(CacheConfig config, SharedTier shared) {
        var layer =
                new CacheLayer(config, shared, _ -> "live", System::nanoTime, InstantSource.system(), new Random(1));
        return layer.around((query, _) -> Outcome.success(answer(query)));
    }

    private static CacheConfig lasting() {
        var hour = Duration.ofHours(1);
        return CacheConfig.defaults().withTtls(hour, hour, hour);
    }

    private static QueryResult answer(MarketQuery query) {
        Instrument instrument = ((MarketQuery.OfInstrument) query).instrument();
        var listing = new Listing(instrument, instrument.base() + "USDT", "Binance", "UTC", "USDT");
        var provenance = new Provenance(
                BINANCE, io.marketbrain.model.Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of());
        if (query instanceof CandlesQuery candles) {
            return new QueryResult(candles(candles, listing), provenance);
        }
        BigDecimal price = new BigDecimal("67123.45");
        return new QueryResult(
                new Quote(listing, price, price, price, price, price, price, price, price, price, price, QUOTED_AT),
                provenance);
    }

    private static Candles candles(CandlesQuery query, Listing listing) {
        BigDecimal price = new BigDecimal("67123.45");
        List<Candle> candles = new ArrayList<>();
        Instant open = query.from();
        for (int i = 0; i < query.limit() && open.isBefore(query.to()); i++) {
            candles.add(new Candle(open, price, price, price, price, price, null, 7L, true));
            open = query.interval().next(open);
        }
        return new Candles(listing, query.interval(), candles, List.of(), YESTERDAY);
    }

    /** Quotes requested in turn; the queries equal those whose results are cached but are different objects. */
    private static final class Questions {
        private final QuoteQuery[] all;
        private int at;

        Questions(int number) {
            this.all = new QuoteQuery[number];
            for (int i = 0; i < number; i++) {
                all[i] = new QuoteQuery(BINANCE, Instrument.crypto("C" + i, "USDT"), null);
            }
        }

        QuoteQuery next() {
            at = at + 1 == all.length ? 0 : at + 1;
            return all[at];
        }

        void fill(MarketDataSource cache) {
            var others = new Questions(all.length);
            for (int i = 0; i < all.length; i++) {
                cache.fetch(others.next(), CALL);
            }
        }
    }

    private static String tier(Outcome<QueryResult> outcome) {
        return ((Outcome.Success<QueryResult>) outcome).value().cache().tier().name();
    }

    /** A hundred quotes in the first tier. */
    @State(Scope.Thread)
    public static class First {
        final Questions questions = new Questions(100);
        final CandlesQuery range = new CandlesQuery(
                BINANCE,
                Instrument.crypto("BTC", "USDT"),
                io.marketbrain.model.Interval.M1,
                YESTERDAY,
                YESTERDAY.plus(Duration.ofMinutes(1000)),
                1000);
        MarketDataSource cache;

        @Setup
        public void setup() {
            cache = cache(lasting(), new NoSharedTier());
            questions.fill(cache);
            cache.fetch(range, CALL);
        }
    }

    /** A thousand quotes in the fallback, and a first tier that holds one. */
    @State(Scope.Thread)
    public static class Fallback {
        final Questions questions = new Questions(1000);
        MarketDataSource cache;

        @Setup
        public void setup() {
            cache = cache(lasting().withSizes(1, 2000), new NoSharedTier());
            questions.fill(cache);
            check(tier(cache.fetch(questions.next(), CALL)), "FALLBACK");
        }
    }

    /** A thousand quotes in Redis, and a first tier that holds one. */
    @State(Scope.Thread)
    public static class Redis {
        final Questions questions = new Questions(1000);
        MarketDataSource cache;
        private Process server;
        private RedisTier shared;

        @Setup
        public void setup() throws IOException, InterruptedException {
            int port;
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            server = new ProcessBuilder(
                            "redis-server",
                            "--port",
                            "" + port,
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var config = lasting().withSizes(1, 1);
            var redis = RedisConfig.defaults().withUrl("redis://127.0.0.1:" + port);
            shared = new RedisTier(
                    redis, config.maxValueBytes(), config.shared().lease(), System::nanoTime, new Random(1));
            cache = cache(config, shared);
            for (int i = 0; i < 1000 && shared.state() != SharedTier.State.UP; i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            check(shared.state().name(), "UP");
            questions.fill(cache);
            TimeUnit.SECONDS.sleep(1);
            check(tier(cache.fetch(questions.next(), CALL)), "L2");
        }

        @TearDown
        public void stop() {
            shared.close();
            server.destroyForcibly();
        }
    }

    private static void check(String is, String expected) {
        if (!is.equals(expected)) {
            throw new IllegalStateException("expected " + expected + ", not " + is);
        }
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Outcome<QueryResult> l1Hit(First state) {
        return state.cache.fetch(state.questions.next(), CALL);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Outcome<QueryResult> thousandCandlesHit(First state) {
        return state.cache.fetch(state.range, CALL);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Outcome<QueryResult> fallbackHit(Fallback state) {
        return state.cache.fetch(state.questions.next(), CALL);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Outcome<QueryResult> l2Hit(Redis state) {
        return state.cache.fetch(state.questions.next(), CALL);
    }
}
