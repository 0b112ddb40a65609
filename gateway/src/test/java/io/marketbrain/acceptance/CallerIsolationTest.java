package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ContractClient;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KeyRing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two callers with different keys try to access each other's data or use up each other's limits. */
@Timeout(120)
class CallerIsolationTest {
    private static final String QUOTE = "/api/v1/data/binance/";

    @TempDir
    Path state;

    private PlaybackServer upstream;
    private Gateway gateway;
    private ContractClient client;
    private String alice;
    private String bob;
    private String ops;

    @BeforeEach
    void start() {
        var ring = new KeyRing(state.resolve("keys"));
        alice = ring.create("alice", false, Instant.EPOCH, new SecureRandom());
        bob = ring.create("bob", false, Optional.of("4/day"), Instant.EPOCH, new SecureRandom());
        ops = ring.create("ops", true, Instant.EPOCH, new SecureRandom());
        upstream = PlaybackServer.start();
        upstream.on(
                "/api/v3/ticker/24hr",
                PlaybackServer.slow(
                        Duration.ofMillis(50),
                        (request, line) -> PlaybackServer.json(
                                        """
                                {"symbol":"%s","lastPrice":"1.0","bidPrice":"1.0","bidQty":"1.0","askPrice":"1.1",
                                 "askQty":"2.0","openPrice":"1.0","highPrice":"1.0","lowPrice":"1.0","volume":"1.0",
                                 "quoteVolume":"1.0","openTime":1700000000000,"closeTime":1700086400000,"firstId":1,
                                 "lastId":2,"count":2}""".formatted(request.parameters().get("symbol")))
                                .send(request, line)));
        var each = new BudgetPolicy(
                "each-caller",
                Money.of("6"),
                BudgetPolicy.Period.MONTH,
                ZoneOffset.UTC,
                Optional.empty(),
                Optional.of("*"));
        var binance = new ProviderId("binance");
        gateway = new Gateway(GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", 0))
                .withState(state)
                .withAccess(new AccessConfig(false, List.of(), List.of(), 60))
                .withBudgets(new BudgetConfig(List.of(each), Map.of(binance, Money.of("1"))))
                .withProviders(Map.of(
                        binance,
                        new ProviderConfig(
                                ProviderConfig.WantedMode.LIVE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(upstream.url())))));
        client = new ContractClient(gateway.port());
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        upstream.close();
    }

    private ContractClient.Answer get(String key, String target) {
        return client.get(target, "X-API-Key", key);
    }

    private String used(String key, String budget) {
        for (JsonNode one : get(key, "/api/v1/budget").json().get("budgets")) {
            if (one.get("name").asString().equals(budget)) {
                return one.get("used").asString();
            }
        }
        return "none";
    }

    @Test
    void a_budget_spent_by_one_caller_neither_affects_the_other_nor_is_visible_to_it() {
        for (int i = 0; i < 6; i++) {
            assertThat(get(alice, QUOTE + "A" + i + "/USDT").status()).isEqualTo(200);
        }
        assertThat(get(alice, QUOTE + "A9/USDT").status()).isEqualTo(429);
        assertThat(get(bob, QUOTE + "B1/USDT").status()).isEqualTo(200);
        String seenByAlice = get(alice, "/api/v1/budget").text();
        assertThat(seenByAlice).contains("each-caller/alice").doesNotContain("bob");
        String seenByBob = get(bob, "/api/v1/budget").text();
        assertThat(seenByBob).contains("each-caller/bob", "key:bob").doesNotContain("alice");
        assertThat(get(ops, "/api/v1/budget").text()).contains("each-caller/alice", "each-caller/bob");
        assertThat(used(alice, "each-caller/alice")).isEqualTo("6");
        assertThat(used(bob, "each-caller/bob")).isEqualTo("1");
        assertThat(used(bob, "key:bob")).isEqualTo("1");
    }

    @Test
    void a_coalesced_call_is_charged_once_and_explained_to_each_caller_without_naming_the_other() throws Exception {
        for (int round = 0; round < 3; round++) {
            String target = QUOTE + "R" + round + "/USDT?explain=true";
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var both = new ArrayList<Callable<ContractClient.Answer>>();
                both.add(() ->
                        client.get(target, "X-API-Key", alice, "X-Request-Id", "id-of-alice-" + alice.hashCode()));
                both.add(() -> client.get(target, "X-API-Key", bob, "X-Request-Id", "id-of-bob-" + bob.hashCode()));
                var answers = threads.invokeAll(both);
                assertThat(answers.get(0).get().text() + answers.get(0).get().headers())
                        .contains("\"name\":\"alice\"")
                        .doesNotContain("\"bob\"", "id-of-bob");
                assertThat(answers.get(1).get().text() + answers.get(1).get().headers())
                        .contains("\"name\":\"bob\"")
                        .doesNotContain("\"alice\"", "id-of-alice");
            }
        }
        int paid = Integer.parseInt(used(alice, "each-caller/alice").replace("none", "0"))
                + Integer.parseInt(used(bob, "each-caller/bob").replace("none", "0"));
        assertThat(upstream.asked("/api/v3/ticker/24hr")).hasSize(paid).hasSize(3);
    }

    @Test
    void no_shared_cache_may_serve_one_callers_response_to_the_other() {
        String etag = get(alice, QUOTE + "ETH/USDT").header("ETag");
        for (var answer : List.of(
                get(alice, QUOTE + "ETH/USDT"),
                get(bob, QUOTE + "ETH/USDT"),
                client.get(QUOTE + "ETH/USDT", "X-API-Key", bob, "If-None-Match", etag),
                get(bob, "/api/v1/candles/mock/BTC/USDT?limit=2"),
                get(bob, "/api/v1/providers"),
                get(bob, QUOTE + "no"))) {
            assertThat(answer.header("Vary")).contains("Authorization", "X-API-Key");
            assertThat(answer.header("Cache-Control")).containsPattern("private|no-store");
            assertThat(answer.header("Cache-Control")).doesNotContain("public");
        }
        assertThat(client.get(QUOTE + "ETH/USDT", "X-API-Key", bob, "If-None-Match", etag)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void public_metrics_name_no_caller_and_rate_limits_are_per_caller() {
        get(alice, QUOTE + "A1/USDT");
        for (String target : List.of("/api/v1/status", "/api/v1/layers", "/api/v1/metrics", "/metrics", "/health")) {
            assertThat(get(bob, target).text()).as(target).doesNotContain("alice", "\"bob\"");
        }
        int left = 60;
        while (get(alice, "/api/v1/providers").status() == 200) {
            assertThat(--left).isPositive();
        }
        var refused = get(alice, QUOTE + "A1/USDT");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("policy").asString()).isEqualTo("caller");
        assertThat(get(bob, QUOTE + "A1/USDT").status()).isEqualTo(200);
        assertThat(get(ops, "/api/v1/budget").status()).isEqualTo(200);
    }

    @Test
    void a_reader_cannot_change_anything_or_impersonate_another_caller() {
        assertThat(client.send("DELETE", "/api/v1/cache/binance/BTC/USDT", "X-API-Key", alice)
                        .status())
                .isEqualTo(403);
        assertThat(client.send("DELETE", "/api/v1/cache/binance/BTC/USDT", "X-API-Key", ops)
                        .status())
                .isEqualTo(200);
        for (String header : List.of("X-Caller", "X-Forwarded-User", "From")) {
            var answer = client.get(QUOTE + "Q1/USDT?explain=true", "X-API-Key", alice, header, "ops");
            assertThat(answer.text()).contains("\"name\":\"alice\"", "\"scope\":\"read\"");
        }
        assertThat(client.get(QUOTE + "Q1/USDT", "X-API-Key", alice, "Authorization", "Bearer " + ops)
                        .status())
                .as("two keys that differ")
                .isEqualTo(400);
        assertThat(client.send(
                                "POST",
                                "/api/v1/background/warm-cache?symbols=binance:BTCUSDT",
                                "X-API-Key",
                                alice,
                                "Authorization",
                                "Bearer " + ops)
                        .status())
                .isEqualTo(400);
    }
}
