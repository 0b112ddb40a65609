package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cache as part of the gateway's layers. */
@Timeout(60)
class CacheWiringTest {
    @TempDir
    Path folder;

    private static long figure(TestGateway gateway, String layer, String name) {
        return gateway.layer("request", layer).at("/counters/" + name).asLong(-1);
    }

    @Test
    void a_background_refresh_uses_a_low_priority_permit() throws Exception {
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

    @Test
    void a_repeated_page_of_candles_differs_only_in_the_fields_of_the_request() {
        try (var gateway = TestGateway.with(folder)) {
            String page = "/api/v1/candles/mock/BTCUSDT?interval=1h&from=2024-01-01&to=2024-02-01&limit=500";
            var first = gateway.get(page);
            var second = gateway.get(page);
            assertThat(second.header("ETag")).isNotEmpty().isEqualTo(first.header("ETag"));
            assertThat(second.json().get("candles")).isEqualTo(first.json().get("candles"));
            assertThat(second.json().get("next_cursor")).isEqualTo(first.json().get("next_cursor"));
            assertThat(second.json().get("call_id")).isNotEqualTo(first.json().get("call_id"));
            assertThat(gateway.get(page, "If-None-Match", second.header("ETag")).status())
                    .isEqualTo(304);
            assertThat(gateway.get(page + "&explain=true").json().has("explain"))
                    .isTrue();
        }
    }

    @Test
    void health_reports_the_activity_of_each_cache_tier() {
        try (var gateway = TestGateway.with(folder, "CACHE_L1_TTL", "60s")) {
            gateway.get("/api/v1/data/mock/BTCUSDT");
            gateway.get("/api/v1/data/mock/BTCUSDT");
            var cache = gateway.get("/health").json().at("/components/cache");
            assertThat(cache.get("l1_hits").asLong()).isEqualTo(1);
            assertThat(cache.get("hit_rate").asDouble()).isEqualTo(0.5);
            assertThat(cache.get("refreshes").asLong()).isZero();
        }
    }
}
