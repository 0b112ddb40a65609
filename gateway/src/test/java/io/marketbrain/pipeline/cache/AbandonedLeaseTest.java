package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases that Redis grants after the requests that asked for them have given up. */
@Timeout(120)
class AbandonedLeaseTest extends FaultCase {
    /** One per worker, so that each of them is sent to the frozen Redis. */
    private static final int KEYS = 4;

    @Test
    void after_a_freeze_no_request_waits_for_the_lease_of_a_request_that_gave_up() throws InterruptedException {
        redis.start();
        // With room for one entry in memory, later requests for the other keys need Redis again.
        var gateway = new GatewayCache(
                GatewayCache.quick(redis.url()),
                provider,
                CacheSamples.oneMinute().withSizes(1, 1));
        gateways.add(gateway);
        gateway.await(State.UP);
        eventually("all workers are connected", BACK_UP, () -> {
            success(gateway.ask("NEW" + provider.calls.get()));
            return gateway.count("redis_sockets") >= KEYS + 1;
        });
        provider.fail(new Failure.Faulty(CacheSamples.BINANCE, "no data during the freeze"));
        redis.freeze();
        List<Thread> requests = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            String base = "DEAD" + i;
            requests.add(Thread.startVirtualThread(() -> gateway.ask(base)));
        }
        for (Thread request : requests) {
            request.join();
        }
        gateway.await(State.DOWN);
        provider.recover();
        success(gateway.ask("OTHER"));
        redis.thaw();
        gateway.await(State.UP);
        int before = provider.calls.get();
        for (int i = 0; i < KEYS; i++) {
            gateway.ask("DEAD" + i);
        }
        assertThat(provider.calls.get() - before).isGreaterThanOrEqualTo(KEYS - 1);
        assertThat(gateway.count("announcement_waits")).isZero();
    }
}
