package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ContractClient;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What programs written for the Python predecessor read: the members that its two test scripts access, with the types
 * that those scripts need, and the other members that its servers sent.
 */
class PredecessorClientTest {
    private static Gateway gateway;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        gateway = new Gateway(GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0)));
        client = new ContractClient(gateway.port());
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    private static void hasTimestamp(JsonNode body) {
        assertThat(OffsetDateTime.parse(body.get("timestamp").asString())
                        .getOffset()
                        .getTotalSeconds())
                .isZero();
    }

    @Test
    void health_of_every_provider_is_an_object_with_a_status() {
        JsonNode body = client.get("/api/v1/providers").json();
        assertThat(body.get("count").asInt()).isEqualTo(body.get("providers").size());
        for (JsonNode provider : body.get("providers")) {
            assertThat(provider.get("name").isString()).isTrue();
            assertThat(provider.at("/health/status").asString()).isEqualTo("ok");
            assertThat(provider.at("/health").has("reason")).isTrue();
        }
        hasTimestamp(body);
        assertThat(client.get("/api/v1/providers/binance")
                        .json()
                        .at("/provider/health/status")
                        .asString())
                .isEqualTo("ok");
    }

    @Test
    void the_timestamp_of_the_provider_list_does_not_change_its_etag() throws InterruptedException {
        var first = client.get("/api/v1/providers");
        var second = client.get("/api/v1/providers");
        assertThat(second.json().get("timestamp").asString())
                .isNotEqualTo(first.json().get("timestamp").asString());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    }

    @Test
    void the_json_metrics_have_components_with_numbers() {
        client.get("/api/v1/data/binance/BTCUSDT");
        JsonNode body = client.get("/api/v1/metrics").json();
        assertThat(body.get("success").asBoolean()).isTrue();
        JsonNode metrics = body.get("metrics");
        hasTimestamp(metrics);
        JsonNode components = metrics.get("components");
        assertThat(components.propertyNames()).containsExactlyInAnyOrder("qos", "cache", "budget_firewall", "adapters");
        assertThat(components.at("/cache/overall_stats/hit_rate").isNumber()).isTrue();
        assertThat(components.at("/budget_firewall/requests_allowed").isIntegralNumber())
                .isTrue();
        assertThat(components.at("/budget_firewall/requests_blocked").isIntegralNumber())
                .isTrue();
        assertThat(components.at("/qos/tasks_processed").asLong()).isPositive();
        assertThat(components.at("/adapters/binance/requests").asLong()).isPositive();
        assertThat(metrics.get("families").findValuesAsString("name")).contains("marketbrain_uptime_seconds");
    }

    @Test
    void a_new_gateway_reports_a_hit_rate_of_zero_in_the_metrics() {
        try (var fresh = new Gateway(GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0)));
                var own = new ContractClient(fresh.port())) {
            JsonNode metrics = own.get("/api/v1/metrics").json();
            assertThat(metrics.at("/metrics/components/cache/overall_stats/hit_rate")
                            .decimalValue())
                    .isZero();
            assertThat(own.get("/api/v1/status")
                            .json()
                            .at("/status/cache/hit_rate")
                            .decimalValue())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbols=BTCUSDT&symbols=ETHUSDT", "symbols=BTCUSDT,ETHUSDT"})
    void warming_bare_symbols_answers_200_and_lists_the_tasks(String query) {
        var answer = client.send("POST", "/api/v1/background/warm-cache?" + query);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode body = answer.json();
        assertThat(body.get("success").asBoolean()).isTrue();
        assertThat(body.get("message").asString()).isEqualTo("2 quotes are being fetched");
        assertThat(body.get("tasks").findValuesAsString("symbol")).containsExactly("BTCUSDT", "ETHUSDT");
        assertThat(body.get("tasks").findValuesAsString("priority")).containsExactly("LOW", "LOW");
        assertThat(body.get("tasks").findValuesAsString("task_id")).doesNotContain("");
        hasTimestamp(body);
    }

    @Test
    void warming_symbols_of_named_providers_still_answers_202() {
        var answer = client.send("POST", "/api/v1/background/warm-cache?symbols=binance:BTCUSDT");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("accepted").asInt()).isEqualTo(1);
    }

    @Test
    void a_bare_symbol_that_binance_does_not_have_is_still_rejected() {
        assertThat(client.send("POST", "/api/v1/background/warm-cache?symbols=FOO%3F")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_quote_has_the_metadata_and_the_price_object() {
        JsonNode body = client.get("/api/v1/data/binance/BTCUSDT").json();
        hasTimestamp(body);
        JsonNode metadata = body.get("metadata");
        assertThat(metadata.get("provider").asString()).isEqualTo("binance");
        assertThat(metadata.get("symbol").asString()).isEqualTo("BTCUSDT");
        assertThat(metadata.get("response_time").decimalValue())
                .isEqualByComparingTo(body.get("response_time").decimalValue());
        assertThat(metadata.get("task_id").asString())
                .isEqualTo(body.get("call_id").asString());
        assertThat(metadata.get("qos_priority").asString()).isEqualTo("HIGH");
        assertThat(metadata.get("cache_status").asString()).isIn("hit", "miss");
        assertThat(metadata.get("budget_checked").isBoolean()).isTrue();
        assertThat(body.at("/data/current_price/value").asString())
                .isEqualTo(body.at("/data/price").asString());
        assertThat(body.at("/data/current_price/currency").asString()).isEqualTo("USDT");
    }

    @Test
    void the_metadata_says_whether_the_quote_came_from_the_cache() {
        String target = "/api/v1/data/binance/LTCUSDT";
        JsonNode first = client.get(target).json();
        JsonNode second = client.get(target).json();
        assertThat(first.at("/metadata/cache_status").asString()).isEqualTo("miss");
        assertThat(first.at("/metadata/budget_checked").asBoolean()).isTrue();
        assertThat(second.at("/metadata/cache_status").asString()).isEqualTo("hit");
        assertThat(second.at("/metadata/budget_checked").asBoolean()).isFalse();
    }

    @Test
    void explain_still_works_beside_the_metadata() {
        JsonNode body = client.get("/api/v1/data/binance/BTCUSDT?explain=true").json();
        assertThat(body.at("/explain/layers")).isNotEmpty();
        assertThat(body.at("/metadata/symbol").asString()).isEqualTo("BTCUSDT");
    }

    @Test
    void status_repeats_its_content_as_an_object() {
        JsonNode body = client.get("/api/v1/status").json();
        assertThat(body.get("success").asBoolean()).isTrue();
        hasTimestamp(body);
        JsonNode status = body.get("status");
        assertThat(status.get("mode").asString()).isEqualTo("Hybrid (Low-Resource)");
        assertThat(status.get("uptime").isNumber()).isTrue();
        assertThat(status.get("optimizations")).isEqualTo(body.get("optimizations"));
        assertThat(status.at("/optimizations/reduced_background_tasks").isIntegralNumber())
                .isTrue();
        assertThat(status.at("/cache/redis_available").asBoolean()).isFalse();
        assertThat(status.at("/cache/l1_size").isIntegralNumber()).isTrue();
        assertThat(status.at("/cache/fallback_hits").isIntegralNumber()).isTrue();
        assertThat(status.at("/providers/binance/using_mock").asBoolean()).isTrue();
        assertThat(status.get("performance")).isEqualTo(body.get("performance"));
        assertThat(status.get("performance").propertyNames())
                .containsExactlyInAnyOrder(
                        "background_task_interval", "health_check_interval", "cache_warming_symbols");
        assertThat(body.at("/cache/l1_size").isIntegralNumber()).isTrue();
    }

    @Test
    void health_lists_the_components_that_the_predecessor_had() {
        JsonNode health = client.get("/health").json();
        hasTimestamp(health);
        JsonNode components = health.get("components");
        assertThat(components.at("/qos_scheduler/status").asString()).isEqualTo("healthy");
        assertThat(components.at("/adapters/binance/status").asString()).isEqualTo("healthy");
        assertThat(components.at("/redis/status").asString()).isEqualTo("off");
        assertThat(components.at("/budget_firewall/status").asString()).isEqualTo("off");
        assertThat(components.at("/cache/l1_size").isIntegralNumber()).isTrue();
        assertThat(health.get("mock_active").asBoolean()).isTrue();
    }

    @Test
    void repeated_requests_for_one_symbol_get_one_price() throws InterruptedException {
        var prices = new HashSet<String>();
        List<JsonNode> bodies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            bodies.add(client.get("/api/v1/data/binance/XRPUSDT").json());
            Thread.sleep(100);
        }
        bodies.forEach(body -> prices.add(body.at("/data/price").asString()));
        assertThat(prices).hasSize(1);
        BigDecimal other = new BigDecimal(client.get("/api/v1/data/binance/ETHUSDT")
                .json()
                .at("/data/price")
                .asString());
        assertThat(prices).doesNotContain(other.toPlainString());
    }
}
