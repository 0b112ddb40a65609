package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Call.CacheDirectives;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What requests demand of the cache that several gateways share. */
@Timeout(60)
class SharedCacheDirectivesTest {
    private static final CacheDirectives NO_CACHE = new CacheDirectives(null, true, false);
    private static final CacheDirectives ONLY_IF_CACHED = new CacheDirectives(null, false, true);

    private final RedisServer redis = RedisServer.started();
    private final TestProvider provider = new TestProvider();
    private GatewayCache loading;
    private GatewayCache other;

    @BeforeEach
    void start() {
        loading = new GatewayCache(redis.url(), provider).await(State.UP);
        other = new GatewayCache(redis.url(), provider).await(State.UP);
        loading.ask("BTC");
        GatewayCache.eventually(
                "the value is in Redis", Duration.ofSeconds(10), () -> ask(ONLY_IF_CACHED) instanceof Outcome.Success);
    }

    @AfterEach
    void stop() {
        loading.close();
        other.close();
        redis.close();
    }

    private Outcome<QueryResult> ask(CacheDirectives directives) {
        return other.ask(quote("BTC"), call().demanding(directives));
    }

    @Test
    void a_value_of_another_gateway_is_served_to_a_request_for_cached_data_only() {
        assertThat(success(ask(ONLY_IF_CACHED)).cache().tier()).isEqualTo(Tier.L2);
        assertThat(other.ask(quote("ETH"), call().demanding(ONLY_IF_CACHED))).isInstanceOf(Outcome.Failed.class);
        assertThat(provider.calls).hasValue(1);
        // Looking for it has not kept another gateway from loading it.
        assertThat(price(loading.ask("ETH"))).isEqualTo("1.00");
    }

    @Test
    void a_value_of_another_gateway_is_served_if_it_is_young_enough() {
        assertThat(success(ask(CacheDirectives.maxAge(Duration.ofSeconds(30))))
                        .cache()
                        .tier())
                .isEqualTo(Tier.L2);
        assertThat(provider.calls).hasValue(1);
    }

    @Test
    void a_value_of_another_gateway_that_is_older_than_requested_is_loaded_again() throws Exception {
        TimeUnit.MILLISECONDS.sleep(50);
        QueryResult answer = success(ask(CacheDirectives.maxAge(Duration.ofMillis(20))));
        assertThat(answer.cache().tier()).isEqualTo(Tier.ORIGIN);
        assertThat(price(ask(NO_CACHE))).isEqualTo("3.00");
        assertThat(provider.calls).hasValue(3);
    }
}
