package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.PurgeReach;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact time that a request spends on the shared tier, measured with a simulated clock. */
class RedisTimeTest {
    private static final Duration BUDGET = Duration.ofMillis(150);

    private final ManualNanoClock ticker = new ManualNanoClock();
    private final TestProvider provider = new TestProvider();

    /** A tier in which another gateway is always loading, and every read takes a given time up to its timeout. */
    private final class Slow implements SharedTier {
        private final State state;
        private final Duration takes;
        private final List<Duration> taken = new ArrayList<>();

        Slow(State state, Duration takes) {
            this.state = state;
            this.takes = takes;
        }

        @Override
        public CompletableFuture<Found> open(ValueKey key, Duration maxAge, Duration within) {
            assertThat(within).isPositive().isLessThanOrEqualTo(BUDGET);
            boolean late = takes.compareTo(within) >= 0;
            taken.add(late ? within : takes);
            ticker.pass(taken.getLast());
            return CompletableFuture.completedFuture(
                    late ? new Found.Unavailable() : new Found.LeasedElsewhere(Optional.empty()));
        }

        @Override
        public CompletableFuture<Void> announced(ValueKey key, Duration within) {
            assertThat(within).isLessThanOrEqualTo(Duration.ofMillis(400));
            ticker.pass(within);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public void store(ValueKey key, Lease lease, Value value) {}

        @Override
        public void store(ValueKey key, Value value) {}

        @Override
        public void release(ValueKey key, Lease lease) {}

        @Override
        public CompletableFuture<PurgeReach> purge(Scope scope, Duration within) {
            return CompletableFuture.completedFuture(PurgeReach.CONFIRMED);
        }

        @Override
        public void start(Listener listener) {}

        @Override
        public Map<String, Long> counters() {
            return Map.of();
        }

        @Override
        public void close() {}
    }

    private MarketDataSource over(SharedTier tier) {
        var cache = new CacheLayer(
                CacheSamples.oneMinute(),
                tier,
                _ -> "live",
                ticker,
                InstantSource.fixed(CacheSamples.NOON),
                new Random(1));
        return cache.around(provider);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 74, 75, 76, 100, 149, 150, 151, 10_000})
    void invariant_01_all_redis_reads_of_one_request_take_at_most_150_ms(int millis) {
        var tier = new Slow(SharedTier.State.UP, Duration.ofMillis(millis));
        success(over(tier).fetch(quote("BTC"), call()));
        assertThat(tier.taken.stream().reduce(Duration.ZERO, Duration::plus)).isLessThanOrEqualTo(BUDGET);
        assertThat(tier.taken).hasSizeBetween(1, 2);
    }

    @Test
    void invariant_01_redis_is_not_queried_unless_readable() {
        for (SharedTier.State state : SharedTier.State.values()) {
            var tier = new Slow(state, Duration.ofMillis(1));
            success(over(tier).fetch(quote("BTC"), call()));
            assertThat(tier.taken.isEmpty()).as(state.wire()).isNotEqualTo(state.readable());
        }
    }
}
