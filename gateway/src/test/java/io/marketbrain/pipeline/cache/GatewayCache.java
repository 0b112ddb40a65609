package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Call;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.redis.SharedTiers;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.store.redis.RedisConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;

/** The cache of one of several gateways that share a real Redis and a provider. */
final class GatewayCache implements AutoCloseable {
    static final Duration QUICK = Duration.ofMillis(100);

    final CacheLayer layer;
    private final MarketDataSource source;

    GatewayCache(String url, MarketDataSource provider) {
        this(url, provider, CacheSamples.oneMinute());
    }

    GatewayCache(String url, MarketDataSource provider, CacheConfig config) {
        this(quick(url), provider, config);
    }

    /** Settings with shorter pauses between probes than the defaults. */
    static RedisConfig quick(String url) {
        return RedisConfig.defaults()
                .withUrl(url)
                .withProbes(QUICK, Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(500));
    }

    GatewayCache(RedisConfig redis, MarketDataSource provider, CacheConfig config) {
        var random = new Random();
        this.layer = new CacheLayer(
                config,
                SharedTiers.of(redis, config, System::nanoTime, random),
                _ -> "live",
                System::nanoTime,
                InstantSource.system(),
                random);
        this.source = layer.around(provider);
    }

    Outcome<QueryResult> ask(MarketQuery query) {
        return source.fetch(query, CacheSamples.call());
    }

    Outcome<QueryResult> ask(MarketQuery query, Call call) {
        return source.fetch(query, call);
    }

    Outcome<QueryResult> ask(String base) {
        return ask(CacheSamples.quote(base));
    }

    State state() {
        return layer.snapshot().state();
    }

    long count(String name) {
        return layer.snapshot().counter(name);
    }

    GatewayCache await(State state) {
        eventually(() -> "redis is " + state + ", not " + state(), Duration.ofSeconds(20), () -> state() == state);
        return this;
    }

    static void eventually(String what, Duration within, BooleanSupplier condition) {
        eventually(() -> what, within, condition);
    }

    static void eventually(Supplier<String> what, Duration within, BooleanSupplier condition) {
        long end = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                Assertions.fail("not in " + within + ": " + what.get());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        layer.close();
    }
}
