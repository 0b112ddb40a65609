package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten gateways on one Redis, and ten thousand requests released at once. On a busy machine a late reply or announcement would count as an expired lease, so the timeouts are long here; {@code -Dfaults.shared=defaults} selects the default ones.
 */
@Timeout(120)
class ManyGatewaysTest {
    private static final int GATEWAYS = 10;
    private static final int REQUESTS = 10_000;
    /** The number of requests that the layer before the cache admits concurrently. */
    private static final int ADMITTED = 50;

    private final RedisServer redis = RedisServer.started();
    private final TestProvider provider = new TestProvider();
    private final List<GatewayCache> gateways = new ArrayList<>();

    @BeforeEach
    void start() {
        for (int i = 0; i < GATEWAYS; i++) {
            gateways.add(new GatewayCache(redis.url(), provider, config()));
        }
        gateways.forEach(gateway -> gateway.await(State.UP));
        provider.delayMillis = 50;
    }

    @AfterEach
    void stop() {
        gateways.forEach(GatewayCache::close);
        redis.close();
    }

    private static CacheConfig config() {
        CacheConfig d = CacheSamples.oneMinute().withSizes(5_000, 5_000);
        if (System.getProperty("faults.shared", "").equals("defaults")) {
            return d;
        }
        return new CacheConfig(
                d.l1MaxSize(),
                d.l1MaxBytes(),
                d.l1Ttl(),
                d.l2Ttl(),
                d.staleWhileRevalidateWindow(),
                d.fallbackCacheSize(),
                d.fallbackMaxBytes(),
                d.maxValueBytes(),
                d.ttls(),
                d.refusals(),
                d.refreshPause(),
                d.loadTimeout(),
                d.refreshesAtOnce(),
                d.candleBlock(),
                d.candlesPerCall(),
                new CacheConfig.Shared(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10)));
    }

    /** Sends all requests at once, the same number per gateway and key; all must succeed. */
    private void ask(int keys) throws Exception {
        var barrier = new CountDownLatch(1);
        List<Future<Outcome<QueryResult>>> asked = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (GatewayCache gateway : gateways) {
                var admitted = new Semaphore(keys == 1 ? REQUESTS : ADMITTED);
                for (int i = 0; i < REQUESTS / GATEWAYS; i++) {
                    String base = "K" + i % keys;
                    asked.add(threads.submit(() -> {
                        barrier.await();
                        admitted.acquire();
                        try {
                            return gateway.ask(base);
                        } finally {
                            admitted.release();
                        }
                    }));
                }
            }
            barrier.countDown();
            for (Future<Outcome<QueryResult>> one : asked) {
                assertThat(price(one.get())).isNotEmpty();
            }
        }
        assertThat(asked).hasSize(REQUESTS);
    }

    @Test
    void ten_thousand_requests_for_one_uncached_key_make_one_upstream_call() throws Exception {
        ask(1);
        assertThat(provider.calls(quote("K0"))).isEqualTo(1);
    }

    @Test
    void with_redis_down_they_make_one_upstream_call_per_gateway() throws Exception {
        redis.kill();
        gateways.forEach(gateway -> gateway.await(State.DOWN));
        ask(1);
        assertThat(provider.calls(quote("K0"))).isEqualTo(GATEWAYS);
    }

    @Test
    void ten_thousand_requests_for_a_thousand_keys_make_at_most_a_thousand_upstream_calls() throws Exception {
        provider.delayMillis = 5;
        ask(1000);
        assertThat(provider.calls).hasValue(1000);
        assertThat(provider.twiceAtOnce).hasValue(0);
    }
}
