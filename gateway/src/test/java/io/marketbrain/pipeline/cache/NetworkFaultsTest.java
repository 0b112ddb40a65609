package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.SharedTier.State;
import io.marketbrain.pipeline.cache.redis.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a network does between us and a real Redis, while callers never stop asking. */
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
    void a_delay_that_a_request_can_bear() throws Exception {
        Traffic traffic = traffic();
        proxy.delay(10);
        last(A_WHILE);
        proxy.delay(0);
        assertRecovers(traffic);
    }

    @Test
    void a_delay_that_no_request_can_bear() throws Exception {
        Traffic traffic = traffic();
        proxy.delay(1500);
        gateway.await(State.DOWN);
        last(A_WHILE);
        proxy.delay(0);
        assertRecovers(traffic);
    }

    @Test
    void slices_of_one_byte() throws Exception {
        Traffic traffic = traffic();
        proxy.slice(true);
        last(A_WHILE);
        proxy.slice(false);
        assertRecovers(traffic);
    }

    @Test
    void resets_again_and_again() throws Exception {
        Traffic traffic = traffic();
        for (int i = 0; i < 20; i++) {
            proxy.reset();
            last(Duration.ofMillis(100));
        }
        assertThat(gateway.count("redis_errors")).isPositive();
        assertRecovers(traffic);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void a_black_hole_one_way_the_other_and_both(boolean requests, boolean replies) throws Exception {
        Traffic traffic = traffic();
        proxy.swallow(requests, replies);
        gateway.await(State.DOWN);
        last(A_WHILE);
        proxy.swallow(false, false);
        assertRecovers(traffic);
    }

    @Test
    void pub_sub_lost_alone() throws Exception {
        Traffic traffic = traffic();
        long changes = gateway.count("redis_state_changes");
        for (int i = 0; i < 10; i++) {
            redis.send("CLIENT", "KILL", "TYPE", "pubsub");
            last(Duration.ofMillis(100));
        }
        eventually("heard of it", BACK_UP, () -> gateway.count("redis_news_lost") > 0);
        assertThat(gateway.count("redis_state_changes")).as("changes of state").isEqualTo(changes);
        eventually(
                "listens again",
                BACK_UP,
                () -> redis.send("PUBSUB", "NUMSUB", "mib:news").contains(":1"));
        assertRecovers(traffic);
    }
}
