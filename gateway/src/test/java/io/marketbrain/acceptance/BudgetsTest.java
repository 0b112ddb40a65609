package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.Main;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.descriptor.ProviderConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Budgets as clients and operators see them: a gateway, an upstream that counts requests, and the command line. */
class BudgetsTest {
    private static final String QUOTES = "/api/v3/ticker/24hr";
    private static final String BODY = """
            {"symbol":"%s","lastPrice":"1.0","bidPrice":"1.0","bidQty":"1.0","askPrice":"1.1","askQty":"2.0",
             "openPrice":"1.0","highPrice":"1.0","lowPrice":"1.0","volume":"1.0","quoteVolume":"1.0",
             "openTime":1700000000000,"closeTime":1700086400000,"firstId":1,"lastId":2,"count":2}""";
    private static final Money ONE = Money.of("1");
    private static final ProviderId BINANCE = new ProviderId("binance");

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        upstream.close();
        client.close();
    }

    private GatewayConfig config(BudgetPolicy... policies) {
        return GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", 0))
                .withState(folder.resolve("state"))
                .withBudgets(new BudgetConfig(List.of(policies), Map.of(BINANCE, ONE)))
                .withProviders(Map.of(
                        BINANCE,
                        new ProviderConfig(
                                ProviderConfig.WantedMode.LIVE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(upstream.url()))));
    }

    private static BudgetPolicy all(String limit) {
        return new BudgetPolicy(
                "all", Money.of(limit), BudgetPolicy.Period.MONTH, ZoneOffset.UTC, Optional.empty(), Optional.empty());
    }

    private void serveQuotes() {
        upstream.on(
                QUOTES,
                (request, line) -> PlaybackServer.json(
                                BODY.formatted(request.parameters().get("symbol")))
                        .send(request, line));
    }

    private HttpResponse<String> send(Gateway gateway, String target, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + target));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(Gateway gateway, String target) throws Exception {
        return new ObjectMapper().readTree(send(gateway, target).body());
    }

    private String brain(String line) {
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var around = new CommandContext(
                print,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                false,
                Map.of("STATE_FOLDER", folder.resolve("state").toString()),
                folder,
                folder,
                InstantSource.system());
        Invocation.run(line.split(" "), around, new Main());
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void a_key_created_with_a_budget_cannot_exceed_it() throws Exception {
        serveQuotes();
        String bob = brain("keys create bob --budget 2/day");
        String eve = brain("keys create eve");
        assertThat(brain("keys list")).contains("2/day");
        try (var gateway = new Gateway(config())) {
            for (int i = 0; i < 4; i++) {
                HttpResponse<String> answer = send(gateway, "/api/v1/data/binance/B" + i + "/USDT", "X-API-Key", bob);
                assertThat(answer.statusCode()).isEqualTo(i < 2 ? 200 : 429);
                assertThat(send(gateway, "/api/v1/data/binance/E" + i + "/USDT", "X-API-Key", eve)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(upstream.asked(QUOTES)).hasSize(6);
            JsonNode own = json(gateway, "/api/v1/budget").at("/budgets/0");
            assertThat(own.get("name").asString()).isEqualTo("key:bob");
            assertThat(own.get("covers").asString()).isEqualTo("caller bob");
            assertThat(own.get("state").asString()).isEqualTo("exhausted");

            brain("keys revoke bob");
            bob = brain("keys create bob --budget 3/day");
            assertThat(send(gateway, "/api/v1/data/binance/B5/USDT", "X-API-Key", bob)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(gateway, "/api/v1/data/binance/B6/USDT", "X-API-Key", bob)
                            .body())
                    .contains("\"policy\":\"key:bob\"");
        }
    }

    @Test
    void a_key_with_an_invalid_budget_is_not_created() {
        for (String wrong : List.of("many", "-1/day", "5/week", "1.1234567/day", "/day")) {
            assertThat(brain("keys create bob --budget " + wrong)).as(wrong).isEmpty();
        }
        assertThat(brain("keys list")).doesNotContain("bob");
    }

    @Test
    void a_call_over_budget_is_rejected_before_it_is_sent_with_policy_and_reset_time() throws Exception {
        serveQuotes();
        try (var gateway = new Gateway(config(all("1")))) {
            assertThat(send(gateway, "/api/v1/data/binance/AAA/USDT").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> e = send(gateway, "/api/v1/data/binance/BBB/USDT");
            assertThat(e.statusCode()).isEqualTo(429);
            JsonNode problem = new ObjectMapper().readTree(e.body());
            assertThat(problem.get("type").asString()).isEqualTo("/problems/budget-exhausted");
            assertThat(problem.get("policy").asString()).isEqualTo("all");
            long seconds = Long.parseLong(e.headers().firstValue("Retry-After").orElseThrow());
            Instant resets = Instant.parse(
                    json(gateway, "/api/v1/budget").at("/budgets/0/resets").asString());
            assertThat(Duration.between(Instant.now().plusSeconds(seconds), resets)
                            .abs())
                    .isLessThan(Duration.ofMinutes(1));
            assertThat(upstream.asked(QUOTES)).hasSize(1);
        }
    }

    @Test
    void a_provider_reports_its_remaining_quota_and_budgets() throws Exception {
        serveQuotes();
        var ofKraken = new BudgetPolicy(
                "kraken",
                ONE,
                BudgetPolicy.Period.DAY,
                ZoneOffset.UTC,
                Optional.of(new ProviderId("kraken")),
                Optional.empty());
        var ofBob = new BudgetPolicy(
                "bob", ONE, BudgetPolicy.Period.DAY, ZoneOffset.UTC, Optional.empty(), Optional.of("bob"));
        try (var gateway = new Gateway(config(all("2"), ofKraken, ofBob))) {
            send(gateway, "/api/v1/data/binance/AAA/USDT");
            JsonNode binance = json(gateway, "/api/v1/providers/binance").get("provider");
            assertThat(binance.at("/health/status").asString()).isEqualTo("ok");
            JsonNode weight = binance.at("/quota/0");
            assertThat(weight.get("counts").asString()).isEqualTo("weight");
            assertThat(weight.get("used").asInt()).isEqualTo(2);
            assertThat(weight.get("left").asInt())
                    .isEqualTo(weight.get("allowed").asInt() - 2);
            assertThat(binance.get("budgets")).hasSize(1);
            assertThat(binance.at("/budgets/0/left").asString()).isEqualTo("1");
            send(gateway, "/api/v1/data/binance/BBB/USDT");
            assertThat(json(gateway, "/api/v1/providers/binance")
                            .at("/provider/health/status")
                            .asString())
                    .isEqualTo("out_of_budget");
            JsonNode mock = json(gateway, "/api/v1/providers/mock").get("provider");
            assertThat(mock.at("/health/status").asString()).isEqualTo("ok");
            assertThat(mock.get("quota")).isEmpty();
        }
    }

    @Test
    void the_command_line_shows_budgets_with_and_without_a_running_gateway() throws Exception {
        serveQuotes();
        Files.writeString(folder.resolve("brain.yaml"), "budgets:\n  all:\n    limit: 10\n");
        int port;
        try (var gateway = new Gateway(config(all("10")))) {
            port = gateway.port();
            send(gateway, "/api/v1/data/binance/AAA/USDT");
            send(gateway, "/api/v1/data/binance/BBB/USDT");
            assertThat(brain("budget --format table --port " + port).lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .containsPattern("all +everything +10 +2 +8 +ok +20");
        }
        assertThat(new ObjectMapper()
                        .readTree(brain("budget --port " + port))
                        .at("/budgets/0/used")
                        .asString())
                .isEqualTo("2");
    }

    private String used(Gateway gateway) throws Exception {
        return json(gateway, "/api/v1/budget").at("/budgets/0/used").asString();
    }

    @Test
    void cache_hits_and_coalesced_requests_are_not_charged() throws Exception {
        var release = new CountDownLatch(1);
        upstream.on(QUOTES, (request, line) -> {
            release.await();
            PlaybackServer.json(BODY.formatted(request.parameters().get("symbol")))
                    .send(request, line);
        });
        try (var gateway = new Gateway(config(all("10")));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> send(gateway, "/api/v1/data/binance/AAA/USDT?timeout=30")));
            }
            while (upstream.asked(QUOTES).isEmpty()) {
                Thread.sleep(5);
            }
            assertThat(used(gateway)).as("charged exactly once").isEqualTo("1");
            release.countDown();
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            for (int i = 0; i < 5; i++) {
                send(gateway, "/api/v1/data/binance/AAA/USDT");
            }
            assertThat(upstream.asked(QUOTES)).hasSize(1);
            assertThat(used(gateway)).isEqualTo("1");
        }
    }

    @Test
    void failed_calls_that_reached_the_provider_are_charged_per_attempt() throws Exception {
        upstream.on(QUOTES, (request, line) -> line.head(500, Map.of("Content-Length", "0")));
        try (var gateway = new Gateway(config(all("10")))) {
            assertThat(send(gateway, "/api/v1/data/binance/AAA/USDT").statusCode())
                    .isEqualTo(502);
            int calls = upstream.asked(QUOTES).size();
            assertThat(calls).isPositive();
            assertThat(used(gateway)).isEqualTo(Integer.toString(calls));
        }
    }

    @Test
    void calls_that_were_never_sent_are_not_charged() throws Exception {
        GatewayConfig config = config(all("10"));
        upstream.close();
        try (var gateway = new Gateway(config)) {
            assertThat(send(gateway, "/api/v1/data/binance/AAA/USDT").statusCode())
                    .isEqualTo(502);
            assertThat(used(gateway)).isEqualTo("0");
        }
    }
}
