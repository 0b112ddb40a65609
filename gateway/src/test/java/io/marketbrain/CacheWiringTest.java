package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cache as the gateway puts it among its layers. */
@Timeout(60)
class CacheWiringTest {
    @TempDir
    Path folder;

    private static long figure(TestGateway gateway, String layer, String name) {
        return gateway.layer("request", layer).at("/counters/" + name).asLong(-1);
    }

    @Test
    void a_refresh_in_the_background_takes_a_permit_of_low_priority() throws Exception {
        try (var gateway = TestGateway.with(folder, "CACHE_L1_TTL", "50ms")) {
            gateway.get("/api/v1/data/mock/BTCUSDT");
            assertThat(figure(gateway, "qos", "admitted_low")).isZero();
            for (int i = 0; i < 500 && figure(gateway, "qos", "admitted_low") == 0; i++) {
                TimeUnit.MILLISECONDS.sleep(20);
                gateway.get("/api/v1/data/mock/BTCUSDT");
            }
            assertThat(figure(gateway, "qos", "admitted_low")).isPositive();
            assertThat(figure(gateway, "cache", "refreshes")).isPositive();
        }
    }
}
