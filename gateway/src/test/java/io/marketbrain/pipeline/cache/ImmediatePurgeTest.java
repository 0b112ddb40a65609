package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.pair;
import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.PurgeReach;
import io.marketbrain.pipeline.cache.redis.TcpProxy;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other gateways serve directly after a purge. */
@Timeout(120)
class ImmediatePurgeTest extends FaultCase {

    @Test
    void no_gateway_serves_the_old_value_after_a_confirmed_purge() {
        redis.start();
        GatewayCache one = up();
        GatewayCache two = up();
        GatewayCache three = up();
        for (int i = 1; i <= 100; i++) {
            String fetched = i + ".00";
            for (GatewayCache gateway : gateways) {
                assertThat(price(gateway.ask("BTC"))).isEqualTo(fetched);
            }
            assertThat(one.layer.purge(BINANCE, pair("BTC"))).isEqualTo(PurgeReach.CONFIRMED);
            String later = (i + 1) + ".00";
            assertThat(price(two.ask("BTC"))).isEqualTo(later);
            assertThat(price(three.ask("BTC"))).isEqualTo(later);
            success(one.ask("BTC"));
        }
    }

    @Test
    void a_purge_that_another_gateway_does_not_confirm_is_reported_as_sent() {
        redis.start();
        GatewayCache one = up();
        try (var proxy = new TcpProxy(redis.port())) {
            up(proxy.url());
            assertThat(one.layer.purge(BINANCE, pair("BTC"))).isEqualTo(PurgeReach.CONFIRMED);
            proxy.swallow(false, true);
            assertThat(one.layer.purge(BINANCE, pair("BTC"))).isEqualTo(PurgeReach.SENT);
        }
    }

    @Test
    void a_purge_during_an_outage_is_reported_as_pending_and_without_redis_as_confirmed() {
        redis.start();
        GatewayCache one = up();
        redis.kill();
        one.await(State.DOWN);
        assertThat(one.layer.purge(BINANCE, pair("BTC"))).isEqualTo(PurgeReach.PENDING);
        assertThat(gateway("").layer.purge(BINANCE, pair("BTC"))).isEqualTo(PurgeReach.CONFIRMED);
    }
}
