package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.concurrent.ThreadCounts;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.BackgroundAdmission;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.PurgeReach;
import io.marketbrain.pipeline.cache.policy.MinimumTtls;
import io.marketbrain.pipeline.cache.tier.NoSharedTier;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CacheLoaderTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ManualNanoClock ticker = new ManualNanoClock();
    private final TestProvider provider = new TestProvider();
    private final AtomicInteger permits = new AtomicInteger(1);
    private volatile @Nullable Error thrown;
    private CacheLayer cache = cache(new NoSharedTier());

    private CacheLayer cache(SharedTier shared) {
        return new CacheLayer(
                CacheSamples.oneMinute(),
                shared,
                _ -> "live",
                MinimumTtls.none(),
                gate(),
                ticker,
                () -> CacheSamples.NOON,
                new Random(1));
    }

    private BackgroundAdmission gate() {
        return () -> permits.getAndUpdate(left -> Math.max(0, left - 1)) == 0
                ? Optional.empty()
                : Optional.of(permits::incrementAndGet);
    }

    /** The cache over a provider that throws what {@code thrown} says. */
    private MarketDataSource source() {
        return cache.around((query, call) -> {
            Error now = thrown;
            if (now != null) {
                throw now;
            }
            return provider.fetch(query, call);
        });
    }

    private static Failure failure(Outcome<QueryResult> outcome) {
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }

    private void settle() {
        eventually("no load in progress", SOON, () -> cache.snapshot().counter("loads_under_way") == 0);
    }

    @Test
    void an_error_in_a_load_fails_its_request_and_the_next_one_is_answered() {
        MarketDataSource source = source();
        long before = crashes();
        for (Error error : new Error[] {new StackOverflowError(), new OutOfMemoryError(), new AssertionError()}) {
            thrown = error;
            assertThat(failure(source.fetch(quote("BTC"), call()))).isInstanceOf(Failure.Bug.class);
            settle();
        }
        assertThat(crashes()).isGreaterThanOrEqualTo(before + 3);
        thrown = null;
        assertThat(price(source.fetch(quote("BTC"), call()))).isEqualTo("1.00");
    }

    @Test
    void an_error_in_a_refresh_gives_its_permit_back_and_the_next_refresh_works() {
        MarketDataSource source = source();
        source.fetch(quote("BTC"), call());
        ticker.pass(Duration.ofSeconds(70));
        thrown = new StackOverflowError();
        assertThat(price(source.fetch(quote("BTC"), call()))).isEqualTo("1.00");
        settle();
        eventually("the permit is back", SOON, () -> permits.get() == 1);
        thrown = null;
        source.fetch(quote("BTC"), call());
        eventually(
                "refreshed",
                SOON,
                () -> price(source.fetch(quote("BTC"), call())).equals("2.00"));
    }

    @Test
    void callers_of_a_source_that_never_returns_leave_at_their_deadline() {
        CountDownLatch held = provider.hold();
        Outcome<QueryResult> outcome = source().fetch(quote("BTC"), call(Duration.ofMillis(30)));
        assertThat(failure(outcome)).isInstanceOf(Failure.DeadlinePassed.class);
        held.countDown();
    }

    @Test
    void a_load_whose_source_never_returns_ends_after_its_deadline_and_the_next_request_loads_again() {
        var first = new AtomicBoolean(true);
        var never = new CountDownLatch(1);
        MarketDataSource source = cache.around((query, call) -> {
            boolean stuck = first.getAndSet(false);
            while (stuck && never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException ignored) {
                    // This source does not even react to being cancelled.
                }
            }
            return provider.fetch(query, call);
        });
        source.fetch(quote("BTC"), call(Duration.ofMillis(10)));
        assertThat(cache.snapshot().counter("loads_under_way")).isOne();
        ticker.pass(CacheSamples.oneMinute().loadTimeout().plus(OverdueLoads.GRACE.multipliedBy(2)));
        assertThat(price(source.fetch(quote("BTC"), call()))).isEqualTo("1.00");
        settle();
        // What the first load still brings is not cached.
        never.countDown();
        eventually("the first load has its answer", SOON, () -> provider.calls.get() == 2);
        assertThat(price(source.fetch(quote("BTC"), call()))).isEqualTo("1.00");
    }

    @Test
    void a_shared_tier_whose_futures_never_complete_delays_a_load_only_by_its_budget() {
        var silent = new SilentTier();
        cache = cache(silent);
        assertThat(price(source().fetch(quote("BTC"), call()))).isEqualTo("1.00");
        // A lease that arrives too late is given back.
        silent.opened.complete(new SharedTier.Found.Leased(
                new SharedTier.Lease(SharedTier.Lease.NO_EPOCH, "late", 1), Optional.empty()));
        eventually("the lease is released", SOON, () -> silent.released.get() == 1);
    }

    private static long crashes() {
        return ThreadCounts.crashes().getOrDefault("cache-load", 0L);
    }

    /** A shared tier that breaks its promise to complete its futures. */
    private static final class SilentTier implements SharedTier {
        private final CompletableFuture<Found> opened = new CompletableFuture<>();
        private final AtomicInteger released = new AtomicInteger();

        @Override
        public State state() {
            return State.UP;
        }

        @Override
        public CompletableFuture<Found> open(ValueKey key, Duration maxAge, Duration within) {
            return opened;
        }

        @Override
        public void store(ValueKey key, Lease lease, Value value) {}

        @Override
        public void store(ValueKey key, Value value) {}

        @Override
        public void release(ValueKey key, Lease lease) {
            released.incrementAndGet();
        }

        @Override
        public CompletableFuture<PurgeReach> purge(Scope scope, Duration within) {
            return CompletableFuture.completedFuture(PurgeReach.CONFIRMED);
        }

        @Override
        public CompletableFuture<Void> announced(ValueKey key, Duration within) {
            return new CompletableFuture<>();
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
}
