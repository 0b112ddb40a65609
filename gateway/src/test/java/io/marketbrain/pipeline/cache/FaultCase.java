package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.OfInstrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.store.redis.RedisConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/**
 * Base class of fault tests: a real Redis, gateways that use it, and traffic during the fault. Once the traffic has started, the provider fails for all {@link CacheTraffic#WARM cached} instruments, so that only a cache can answer.
 */
abstract class FaultCase {
    static final Duration BACK_UP = Duration.ofSeconds(10);
    private static final Duration BASE_LINE = Duration.ofSeconds(30);
    private static final CacheConfig ROOMY = CacheSamples.oneMinute().withSizes(50_000, 50_000);
    /** Four workers, the subscriber and the prober. */
    private static final int THREADS = 6;

    final RedisServer redis = RedisServer.stopped();
    final TestProvider provider = new TestProvider();
    final List<GatewayCache> gateways = new ArrayList<>();
    private final List<CacheTraffic> all = new ArrayList<>();
    private volatile boolean knownFails;

    @AfterEach
    void stop() {
        all.forEach(CacheTraffic::close);
        gateways.forEach(GatewayCache::close);
        redis.close();
    }

    GatewayCache gateway(String url) {
        return gateway(GatewayCache.quick(url));
    }

    /** A gateway that trusts the certificate authorities in a file. */
    GatewayCache gateway(String url, Path ca) {
        return gateway(GatewayCache.quick(url).withCaFile(ca));
    }

    private GatewayCache gateway(RedisConfig config) {
        var gateway = new GatewayCache(config, this::fetch, ROOMY);
        gateways.add(gateway);
        return gateway;
    }

    GatewayCache up() {
        return up(redis.url());
    }

    GatewayCache up(String url) {
        return gateway(url).await(State.UP);
    }

    private Outcome<QueryResult> fetch(MarketQuery query, Call call) {
        boolean known = ((OfInstrument) query).instrument().base().startsWith("WARM");
        return known && knownFails
                ? Outcome.failed(new Failure.Faulty(BINANCE, "no more answers"))
                : provider.fetch(query, call);
    }

    /** Starts callers at all gateways. */
    CacheTraffic traffic() {
        for (GatewayCache gateway : gateways) {
            for (int i = 0; i < CacheTraffic.WARM; i++) {
                success(gateway.ask("WARM" + i));
            }
        }
        knownFails = true;
        var traffic = new CacheTraffic(gateways);
        all.add(traffic);
        return traffic;
    }

    /** The keys in Redis that hold quotes of these instruments. */
    List<String> values(String base) {
        return redis.keys("mib:1:{binance:" + base + "/USDT}:*:live");
    }

    static void last(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /** The length of a fault: short in the build; a system property sets a realistic one. */
    static Duration lasting(String property, int seconds) {
        return Duration.ofSeconds(Integer.getInteger("faults." + property, seconds));
    }

    /** Checks that after the fault Redis is up in time, no request failed, no resource leaked, and the gateways share answers again. */
    void assertRecovers(CacheTraffic traffic) throws InterruptedException {
        long since = System.nanoTime();
        for (GatewayCache gateway : gateways) {
            eventually(() -> "up again: " + gateway.layer.snapshot(), BACK_UP, () -> gateway.state() == State.UP);
        }
        traffic.end();
        for (GatewayCache gateway : gateways) {
            Duration left = BASE_LINE.minusNanos(System.nanoTime() - since);
            eventually(() -> "at base line: " + gateway.layer.snapshot(), left, () -> atBaseLine(gateway));
        }
        GatewayCache first = gateways.getFirst();
        String name = "NEW" + provider.calls.get();
        eventually(() -> "an answer is shared: " + first.layer.snapshot(), BACK_UP, () -> {
            success(first.ask(name));
            return !values(name).isEmpty();
        });
    }

    private static boolean atBaseLine(GatewayCache gateway) {
        return gateway.state() == State.UP
                && gateway.count("redis_sockets") <= THREADS - 1
                && gateway.count("redis_threads") == THREADS
                && gateway.count("redis_pending_deadlines") <= 1
                && gateway.count("redis_queue") == 0
                && gateway.count("redis_waiting_for_others") == 0
                && gateway.count("redis_missed_work") == 0
                && gateway.count("loads_under_way") == 0
                && gateway.count("fallback_entries") == 0;
    }
}
