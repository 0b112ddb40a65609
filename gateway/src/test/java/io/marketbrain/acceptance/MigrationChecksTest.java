package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.Main;
import io.marketbrain.api.ContractClient;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The eight checks of the predecessor system, with the same assertions or stricter ones, over HTTP against a gateway
 * without configuration.
 */
class MigrationChecksTest {
    @TempDir
    private Path folder;

    private static Gateway gateway;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        gateway = gateway();
        client = new ContractClient(gateway.port());
    }

    private static Gateway gateway() {
        return new Gateway(GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0)));
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void check_1_the_server_starts_and_identifies_itself() {
        JsonNode entry = client.get("/").json();
        assertThat(entry.get("name").asString()).isEqualTo("Market Intel Brain");
        assertThat(entry.get("mode").asString()).isEqualTo("Hybrid (Low-Resource)");
        assertThat(client.get(entry.get("health").asString()).status()).isEqualTo(200);
        assertThat(client.get(entry.get("docs").asString()).text()).contains("<html");
        assertThat(entry.get("data_endpoint").asString()).isEqualTo("/api/v1/data/{provider}/{symbol}");
        assertThat(entry.get("features")).isNotEmpty();
    }

    @Test
    void check_2_health_reports_redis_and_mock_data() {
        JsonNode health = client.get("/health").json();
        assertThat(health.get("status").asString()).isEqualTo("healthy");
        assertThat(health.get("uptime").decimalValue()).isPositive();
        assertThat(health.get("redis_available").asBoolean()).isFalse();
        assertThat(health.get("mock_active").asBoolean()).isTrue();
        JsonNode cache = health.at("/components/cache");
        assertThat(cache.get("status").asString()).isEqualTo("healthy");
        assertThat(cache.get("redis_available").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"BTCUSDT, BTC, 1000, 200000", "ETHUSDT, ETH, 100, 200000", "BNBUSDT, BNB, 10, 200000"})
    void check_3_mock_data_is_labelled_and_plausible(
            String symbol, String base, BigDecimal lowest, BigDecimal highest) {
        var answer = client.get("/api/v1/data/binance/" + symbol);
        JsonNode body = answer.json();
        assertThat(body.get("success").asBoolean()).isTrue();
        assertThat(body.get("mock").asBoolean()).isTrue();
        assertThat(body.get("mock_reason").asString()).contains("BINANCE_API_KEY");
        assertThat(body.at("/data/symbol").asString()).isEqualTo(base);
        assertThat(body.at("/data/source").asString()).isEqualTo("mock");
        assertThat(body.at("/data/price").isString()).isTrue();
        assertThat(new BigDecimal(body.at("/data/price").asString())).isBetween(lowest, highest);
        assertThat(body.get("response_time").decimalValue()).isNotNegative();
    }

    @Test
    void check_4_the_cache_serves_from_memory_when_there_is_no_redis() {
        String target = "/api/v1/data/binance/SOLUSDT";
        var first = client.get(target);
        var second = client.get(target);
        assertThat(first.header("Cache-Status")).contains("fwd=uri-miss").contains("stored");
        assertThat(second.header("Cache-Status")).contains("; hit;").doesNotContain("detail=l2");
        assertThat(second.json().at("/data")).isEqualTo(first.json().at("/data"));
        JsonNode cache = client.get("/api/v1/status").json().get("cache");
        assertThat(cache.get("redis_available").asBoolean()).isFalse();
        assertThat(cache.get("hit_rate").decimalValue()).isPositive();
        assertThat(cache.has("fallback_hits")).isTrue();
    }

    @Test
    void check_5_status_reports_the_mode_and_the_optimizations() {
        JsonNode status = client.get("/api/v1/status").json();
        assertThat(status.get("mode").asString()).isEqualTo("Hybrid (Low-Resource)");
        JsonNode optimizations = status.get("optimizations");
        assertThat(optimizations.propertyNames())
                .containsExactlyInAnyOrder(
                        "redis_fallback_active",
                        "mock_routing_enabled",
                        "async_logging",
                        "single_worker_mode",
                        "reduced_background_tasks");
        assertThat(optimizations.get("redis_fallback_active").asBoolean()).isTrue();
        assertThat(optimizations.get("mock_routing_enabled").asBoolean()).isTrue();
        assertThat(optimizations.get("single_worker_mode").asBoolean()).isTrue();
    }

    @Test
    void check_6_ten_concurrent_requests_all_succeed() throws Exception {
        List<Callable<JsonNode>> requests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String symbol = List.of("BTCUSDT", "ETHUSDT", "BNBUSDT", "ADAUSDT", "XRPUSDT")
                    .get(i % 5);
            requests.add(() -> client.get("/api/v1/data/binance/" + symbol).json());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(requests)) {
                assertThat(answer.get().get("success").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void check_7_a_separate_process_stays_small_and_does_not_write_to_disk() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Otherwise the JVM writes its statistics to a file in the temporary folder.
                        "-XX:+PerfDisableSharedMem",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--port",
                        "0")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (var own = new ContractClient(announcedPort(process))) {
            own.get("/api/v1/data/binance/BTCUSDT");
            // Includes the access time that the file system writes when a jar is first read.
            long atStart = own.get("/api/v1/status")
                    .json()
                    .at("/resources/disk_bytes_written")
                    .asLong();
            for (int i = 0; i < 300; i++) {
                own.get("/api/v1/data/binance/BTCUSDT");
            }
            JsonNode used = own.get("/api/v1/status").json().get("resources");
            assertThat(used.get("rss_bytes").asLong()).isBetween(1_000_000L, 500_000_000L);
            assertThat(used.get("heap_bytes").asLong()).isBetween(1L, 64_000_000L);
            assertThat(used.get("disk_bytes_written").asLong()).isEqualTo(atStart);
            assertThat(folder).isEmptyDirectory();
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The port in the first address that the process prints. */
    private static int announcedPort(Process process) throws IOException {
        var lines = process.inputReader();
        var seen = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.append(line).append('\n');
            int address = line.indexOf("http://127.0.0.1:");
            if (address >= 0) {
                String rest = line.substring(address + "http://127.0.0.1:".length());
                return Integer.parseInt(rest.replaceAll("\\D.*", ""));
            }
        }
        throw new AssertionError("no address in:\n" + seen);
    }

    @Test
    void check_8_the_same_request_gets_the_same_response_from_another_gateway() {
        String target = "/api/v1/data/binance/BTCUSDT?at=2024-02-21T09:00:00Z";
        try (var other = gateway();
                var otherClient = new ContractClient(other.port())) {
            JsonNode here = client.get(target).json().get("data");
            JsonNode there = otherClient.get(target).json().get("data");
            assertThat(there.get("price").asString())
                    .isEqualTo(here.get("price").asString());
            assertThat(there.get("as_of").asString())
                    .isEqualTo(here.get("as_of").asString());
        }
    }
}
