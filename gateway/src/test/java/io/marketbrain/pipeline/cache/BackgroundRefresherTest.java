package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.BackgroundAdmission;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.policy.MinimumTtls;
import io.marketbrain.pipeline.cache.tier.NoSharedTier;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundRefresherTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ManualNanoClock ticker = new ManualNanoClock();
    private final TestProvider provider = new TestProvider();
    private final AtomicInteger permits = new AtomicInteger();
    private final CacheLayer cache = new CacheLayer(
            CacheSamples.oneMinute(),
            new NoSharedTier(),
            _ -> "live",
            MinimumTtls.none(),
            gate(),
            ticker,
            () -> CacheSamples.NOON,
            new Random(1));
    private final MarketDataSource source = cache.around(provider);

    private BackgroundAdmission gate() {
        return () -> {
            if (permits.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                return Optional.empty();
            }
            return Optional.of(permits::incrementAndGet);
        };
    }

    private Outcome<QueryResult> ask(String base) {
        return source.fetch(quote(base), call());
    }

    private void settle() {
        eventually("settled", SOON, () -> cache.snapshot().counter("loads_under_way") == 0);
    }

    @Test
    void a_refresh_that_is_not_admitted_is_postponed_and_the_stale_entry_is_served() {
        ask("BTC");
        ticker.pass(Duration.ofSeconds(70));
        for (int i = 0; i < 5; i++) {
            QueryResult answer = success(ask("BTC"));
            assertThat(answer.provenance().freshness()).isEqualTo(Freshness.STALE);
        }
        settle();
        assertThat(provider.calls).hasValue(1);
        assertThat(cache.snapshot().counter("refreshes_not_admitted")).isEqualTo(1);
        assertThat(cache.snapshot().counter("degraded_hits")).isZero();
        permits.set(1);
        ticker.pass(Duration.ofMillis(251));
        ask("BTC");
        settle();
        assertThat(price(ask("BTC"))).isEqualTo("2.00");
        assertThat(cache.snapshot().counter("refreshes")).isEqualTo(1);
        eventually("permit released", SOON, () -> permits.get() == 1);
    }

    @Test
    void a_permit_is_held_during_its_refresh_and_released_if_it_fails() {
        permits.set(1);
        ask("BTC");
        ask("ETH");
        ticker.pass(Duration.ofSeconds(70));
        CountDownLatch gate = provider.hold();
        ask("BTC");
        eventually("in progress", SOON, () -> provider.calls.get() == 3);
        ask("ETH");
        assertThat(cache.snapshot().counter("refreshes_not_admitted")).isEqualTo(1);
        provider.fail(new Failure.Faulty(BINANCE, "broken"));
        gate.countDown();
        eventually("permit released", SOON, () -> permits.get() == 1);
        assertThat(cache.snapshot().counter("refreshes_failed")).isEqualTo(1);
    }

    @Test
    void a_load_with_a_waiting_caller_needs_no_permit() {
        assertThat(price(ask("BTC"))).isEqualTo("1.00");
        ticker.pass(Duration.ofSeconds(301));
        assertThat(price(ask("BTC"))).isEqualTo("2.00");
        assertThat(cache.snapshot().counter("refreshes_not_admitted")).isZero();
    }

    @Test
    void concurrent_refreshes_are_limited_and_others_postponed() {
        permits.set(1000);
        int most = CacheSamples.oneMinute().refreshesAtOnce();
        for (int i = 0; i < most + 5; i++) {
            ask("C" + i);
        }
        ticker.pass(Duration.ofSeconds(70));
        CountDownLatch gate = provider.hold();
        for (int i = 0; i < most + 5; i++) {
            ask("C" + i);
        }
        assertThat(cache.snapshot().counter("refreshes")).isEqualTo(most);
        assertThat(cache.snapshot().counter("refreshes_skipped")).isEqualTo(5);
        gate.countDown();
        settle();
        assertThat(provider.calls).hasValue(2 * most + 5);
    }
}
