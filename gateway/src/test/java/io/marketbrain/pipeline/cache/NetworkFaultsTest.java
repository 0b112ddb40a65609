package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.redis.TcpProxy;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Network faults between the gateway and a real Redis, under continuous traffic. */
@Timeout(120)
class NetworkFaultsTest extends FaultCase {
    private static final Duration A_WHILE = Duration.ofMillis(500);

    private TcpProxy proxy;
    private GatewayCache gateway;

    @BeforeEach
    void connect() {
        redis.start();
        proxy = new TcpProxy(redis.port());
        gateway = up(proxy.url());
    }

    @AfterEach
    void disconnect() {
        proxy.close();
    }

    @Test
    void a_delay_within_the_request_budget() throws Exception {
        CacheTraffic traffic = traffic();
        proxy.delay(10);
        last(A_WHILE);
        proxy.delay(0);
        assertRecovers(traffic);
    }

    @Test
    void a_delay_beyond_the_request_budget() throws Exception {
        CacheTraffic traffic = traffic();
        proxy.delay(1500);
        gateway.await(State.DOWN);
        last(A_WHILE);
        proxy.delay(0);
        assertRecovers(traffic);
    }

    @Test
    void slices_of_one_byte() throws Exception {
        CacheTraffic traffic = traffic();
        proxy.slice(true);
        last(A_WHILE);
        proxy.slice(false);
        assertRecovers(traffic);
    }

    @Test
    void repeated_resets() throws Exception {
        CacheTraffic traffic = traffic();
        for (int i = 0; i < 20; i++) {
            proxy.reset();
            last(Duration.ofMillis(100));
        }
        assertThat(gateway.count("redis_errors")).isPositive();
        assertRecovers(traffic);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void dropped_packets_in_one_direction_or_both(boolean requests, boolean replies) throws Exception {
        CacheTraffic traffic = traffic();
        proxy.swallow(requests, replies);
        gateway.await(State.DOWN);
        last(A_WHILE);
        proxy.swallow(false, false);
        assertRecovers(traffic);
    }

    @Test
    void only_pub_sub_lost() throws Exception {
        CacheTraffic traffic = traffic();
        long changes = gateway.count("redis_state_changes");
        for (int i = 0; i < 10; i++) {
            redis.send("CLIENT", "KILL", "TYPE", "pubsub");
            last(Duration.ofMillis(100));
        }
        eventually("connection loss detected", BACK_UP, () -> gateway.count("redis_news_lost") > 0);
        assertThat(gateway.count("redis_state_changes")).as("state changes").isEqualTo(changes);
        eventually(
                "listens again",
                BACK_UP,
                () -> redis.send("PUBSUB", "NUMSUB", "mib:news").contains(":1"));
        assertRecovers(traffic);
    }
}
