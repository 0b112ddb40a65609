package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.pair;
import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.pipeline.cache.redis.TcpProxy;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The invariants of the cache on a real Redis. Those that need none are in the tests of their units: 5 in CacheLayerTest, 7 in RedisTierTest, 12 and 14 in the redis package.
 */
@Timeout(120)
class InvariantsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final RedisServer redis = RedisServer.started();
    private final TestProvider provider = new TestProvider();
    private final List<GatewayCache> gateways = new ArrayList<>();

    @AfterEach
    void stop() {
        gateways.forEach(GatewayCache::close);
        redis.close();
    }

    private GatewayCache gateway(String url, CacheConfig config) {
        var gateway = new GatewayCache(url, provider, config);
        gateways.add(gateway);
        return gateway;
    }

    private GatewayCache up() {
        return gateway(redis.url(), CacheSamples.oneMinute()).await(State.UP);
    }

    private List<Outcome<QueryResult>> atOnce(int callers, Callable<Outcome<QueryResult>> ask) throws Exception {
        List<Future<Outcome<QueryResult>>> asked = new ArrayList<>();
        List<Outcome<QueryResult>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                asked.add(threads.submit(ask));
            }
            for (Future<Outcome<QueryResult>> one : asked) {
                answers.add(one.get());
            }
        }
        return answers;
    }

    private static Duration time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void invariant_01_redis_takes_at_most_its_budget_of_a_request_and_nothing_unless_up() {
        try (var proxy = new TcpProxy(redis.port());
                var stalls = new StallMonitor()) {
            GatewayCache gateway =
                    gateway(proxy.url(), CacheSamples.oneMinute()).await(State.UP);
            success(gateway.ask("WARM"));
            proxy.swallow(true, true);
            for (int i = 0; i < 3; i++) {
                String base = "SLOW" + i;
                Duration took = time(() -> success(gateway.ask(base)));
                assertThat(took)
                        .as("the machine stalled for %s", stalls.worst())
                        .isLessThan(Duration.ofMillis(150).plus(stalls.allowance()));
            }
            gateway.await(State.DOWN);
            long operations = gateway.count("redis_operations");
            for (int i = 0; i < 50; i++) {
                success(gateway.ask("OFF" + i));
            }
            assertThat(gateway.count("redis_operations")).isEqualTo(operations);
        }
    }

    @Test
    void invariant_02_no_request_thread_ever_connects() {
        try (var proxy = new TcpProxy(redis.port())) {
            proxy.swallow(true, true);
            var gateway = gateway(proxy.url(), CacheSamples.oneMinute());
            for (int i = 0; i < 20; i++) {
                success(gateway.ask("C" + i));
            }
            assertThat(gateway.state()).isNotEqualTo(State.UP);
            assertThat(gateway.count("redis_operations")).isZero();
        }
    }

    @Test
    void invariant_03_one_upstream_call_per_key_and_gateway_whatever_redis_does() throws Exception {
        GatewayCache gateway = up();
        for (int round = 0; round < 5; round++) {
            String base = "K" + round;
            provider.delayMillis = 50;
            if (round == 2) {
                redis.kill();
            }
            if (round == 4) {
                redis.start();
            }
            assertThat(atOnce(500, () -> gateway.ask(base)))
                    .allSatisfy(answer -> assertThat(price(answer)).isEqualTo("1.00"));
            assertThat(provider.calls(quote(base))).isEqualTo(1);
        }
        assertThat(provider.twiceAtOnce).hasValue(0);
    }

    @Test
    void invariant_04_one_upstream_call_per_key_and_cluster_while_redis_is_up() throws Exception {
        for (int i = 0; i < 4; i++) {
            up();
        }
        provider.delayMillis = 60;
        for (int round = 0; round < 5; round++) {
            String base = "K" + round;
            var barrier = new CountDownLatch(1);
            List<Future<Outcome<QueryResult>>> asked = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (GatewayCache gateway : gateways) {
                    for (int i = 0; i < 50; i++) {
                        asked.add(threads.submit(() -> {
                            barrier.await();
                            return gateway.ask(base);
                        }));
                    }
                }
                barrier.countDown();
                for (Future<Outcome<QueryResult>> one : asked) {
                    assertThat(price(one.get())).isEqualTo("1.00");
                }
            }
            assertThat(provider.calls(quote(base))).as("key %s", base).isEqualTo(1);
        }
    }

    @Test
    void invariant_06_nothing_is_served_after_expiry_and_everything_is_labelled() throws Exception {
        var config = CacheSamples.oneMinute()
                .withTtls(Duration.ofMillis(300), Duration.ofMillis(1500), Duration.ofMillis(1200));
        GatewayCache one = gateway(redis.url(), config).await(State.UP);
        GatewayCache two = gateway(redis.url(), config).await(State.UP);
        success(one.ask("BTC"));
        provider.fail(new io.marketbrain.model.Failure.Faulty(BINANCE, "broken"));
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        long stale = 0;
        Outcome<QueryResult> last = one.ask("BTC");
        while (System.nanoTime() - end < 0) {
            for (GatewayCache gateway : List.of(one, two)) {
                last = gateway.ask("BTC");
                if (last instanceof Outcome.Success<QueryResult>(QueryResult answer)) {
                    assertThat(answer.cache().age()).isLessThanOrEqualTo(Duration.ofMillis(1600));
                    boolean old = answer.cache().age().compareTo(Duration.ofMillis(400)) > 0;
                    if (old) {
                        assertThat(answer.provenance().freshness()).isEqualTo(Freshness.STALE);
                        stale++;
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(stale).isPositive();
        assertThat(last).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void invariant_08_up_again_within_ten_seconds_and_purges_are_sent() {
        GatewayCache one = up();
        GatewayCache two = up();
        success(one.ask("BTC"));
        eventually("written", SOON, () -> !redis.keys("*quote*").isEmpty());
        success(two.ask("BTC"));
        redis.kill();
        one.await(State.DOWN);
        two.await(State.DOWN);
        one.layer.purge(BINANCE, pair("BTC"));
        assertThat(price(two.ask("BTC"))).isEqualTo("1.00");
        redis.start();
        Duration took = time(() -> {
            one.await(State.UP);
            two.await(State.UP);
        });
        assertThat(took).isLessThan(Duration.ofSeconds(10));
        eventually(
                "the purge is sent",
                Duration.ofSeconds(15),
                () -> !price(two.ask("BTC")).equals("1.00"));
    }

    @Test
    void invariant_09_without_messages_nothing_is_served_longer_than_its_freshness_and_one_refresh() throws Exception {
        var config = CacheSamples.oneMinute()
                .withTtls(Duration.ofMillis(800), Duration.ofSeconds(30), Duration.ofSeconds(29));
        GatewayCache one = gateway(redis.url(), config).await(State.UP);
        try (var proxy = new TcpProxy(redis.port())) {
            GatewayCache deaf = gateway(proxy.url(), config).await(State.UP);
            success(one.ask("BTC"));
            success(deaf.ask("BTC"));
            redis.send("CLIENT", "KILL", "TYPE", "pubsub");
            one.layer.purge(BINANCE, pair("BTC"));
            long start = System.nanoTime();
            eventually("the purge shows", SOON, () -> !price(deaf.ask("BTC")).equals("1.00"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void invariant_10_threads_sockets_and_pending_work_return_to_the_baseline_after_a_fault() {
        try (var proxy = new TcpProxy(redis.port())) {
            GatewayCache gateway =
                    gateway(proxy.url(), CacheSamples.oneMinute()).await(State.UP);
            for (int i = 0; i < 20; i++) {
                success(gateway.ask("A" + i));
            }
            eventually("settled", SOON, () -> gateway.count("redis_pending_deadlines") <= 1);
            long sockets = gateway.count("redis_sockets");
            long threads = gateway.count("redis_threads");
            assertThat(sockets).isLessThanOrEqualTo(5);
            for (int round = 0; round < 3; round++) {
                proxy.swallow(true, false);
                for (int i = 0; i < 10; i++) {
                    success(gateway.ask("B" + round + "-" + i));
                }
                proxy.swallow(false, false);
                proxy.reset();
                gateway.await(State.UP);
            }
            eventually(
                    "back at base line: " + gateway.layer.snapshot().counters(),
                    Duration.ofSeconds(30),
                    () -> gateway.count("redis_sockets") <= sockets
                            && gateway.count("redis_threads") == threads
                            && gateway.count("redis_pending_deadlines") <= 1
                            && gateway.count("redis_queue") == 0
                            && gateway.count("redis_waiting_for_others") == 0
                            && gateway.count("redis_missed_work") == 0
                            && gateway.count("loads_under_way") == 0
                            && gateway.count("fallback_entries") == 0);
        }
    }

    @Test
    void invariant_11_swallowed_errors_are_counted() {
        GatewayCache gateway = up();
        redis.kill();
        for (int i = 0; i < 10; i++) {
            success(gateway.ask("E" + i));
        }
        gateway.await(State.DOWN);
        assertThat(gateway.layer.snapshot().swallowedErrors()).isPositive();
        assertThat(gateway.count("redis_state_changes")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void invariant_13_an_emptied_redis_costs_at_most_one_call_per_key_and_one_per_gateway() throws Exception {
        for (int i = 0; i < 3; i++) {
            up();
        }
        int keys = 40;
        for (GatewayCache gateway : gateways) {
            for (int i = 0; i < keys; i++) {
                success(gateway.ask("K" + i));
            }
        }
        int before = provider.calls.get();
        assertThat(before).isEqualTo(keys);
        redis.kill();
        gateways.forEach(gateway -> gateway.await(State.DOWN));
        redis.start();
        gateways.forEach(gateway -> gateway.await(State.UP));
        for (GatewayCache gateway : gateways) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < keys; i++) {
                    success(gateway.ask("K" + i));
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        assertThat(provider.calls.get() - before).isLessThanOrEqualTo(keys + gateways.size());
    }

    @Test
    void a_key_that_one_gateway_loaded_is_a_hit_in_redis_for_the_next() {
        GatewayCache one = up();
        GatewayCache two = up();
        success(one.ask("BTC"));
        eventually("written", SOON, () -> !redis.keys("*quote*").isEmpty());
        QueryResult answer = success(two.ask("BTC"));
        assertThat(answer.cache().tier()).isEqualTo(Tier.L2);
        assertThat(answer.cache().hit()).isTrue();
        assertThat(success(two.ask("BTC")).cache().tier()).isEqualTo(Tier.L1);
        assertThat(provider.calls).hasValue(1);
    }

    @Test
    void a_purge_reaches_every_gateway() {
        for (int i = 0; i < 3; i++) {
            up();
        }
        for (GatewayCache purger : gateways) {
            var before = new HashMap<GatewayCache, List<String>>();
            for (GatewayCache gateway : gateways) {
                before.put(gateway, List.of(price(gateway.ask("BTC")), price(gateway.ask("ETH"))));
            }
            purger.layer.purge(BINANCE, pair("BTC"));
            assertThat(price(purger.ask("BTC"))).isNotEqualTo(before.get(purger).getFirst());
            for (GatewayCache gateway : gateways) {
                String purged = before.get(gateway).getFirst();
                eventually("purged", SOON, () -> !price(gateway.ask("BTC")).equals(purged));
                assertThat(price(gateway.ask("ETH")))
                        .isEqualTo(before.get(gateway).getLast());
            }
        }
    }
}
