package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Failover between two live providers with recorded responses, each behind a real socket. */
class FailoverTest {
    private static final String ANY = "/api/v1/data/auto/BTC/USDT";
    private static final String COINBASE_TICKER = "/products/BTC-USDT/ticker";
    private static final String KRAKEN_TICKER = "/0/public/Ticker";
    private static final PlaybackServer.Answer COINBASE_ANSWER = PlaybackServer.json(
            Recording.of("coinbase", "products_ticker--ccxt-BTCUSDT").body());
    private static final PlaybackServer.Answer KRAKEN_ANSWER = PlaybackServer.json(
            Recording.of("kraken", "0_public_Ticker--ccxt-BTCUSDT").body());

    @TempDir
    Path folder;

    private final PlaybackServer coinbase = PlaybackServer.start().on(COINBASE_TICKER, COINBASE_ANSWER);
    private final PlaybackServer kraken = PlaybackServer.start().on(KRAKEN_TICKER, KRAKEN_ANSWER);
    private TestGateway gateway;

    private void start(String... more) {
        var variables = new ArrayList<>(List.of(
                "LIVE_PROVIDERS",
                "coinbase,kraken",
                "COINBASE_BASE_URL",
                coinbase.url().toString(),
                "KRAKEN_BASE_URL",
                kraken.url().toString(),
                "ROUTES_DEFAULT",
                "coinbase,kraken",
                "RESILIENCE_RETRY_FIRST_DELAY",
                "1ms",
                "RESILIENCE_BREAKER_CALLS",
                "100",
                "RESILIENCE_BREAKER_MINIMUM",
                "100"));
        variables.addAll(List.of(more));
        gateway = TestGateway.with(folder, variables.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        gateway.close();
        coinbase.close();
        kraken.close();
    }

    private static List<String> attempts(JsonNode node) {
        List<String> attempts = new ArrayList<>();
        for (JsonNode attempt : node.get("attempts")) {
            attempts.add(attempt.get("provider").asString() + " "
                    + attempt.get("outcome").asString());
        }
        return attempts;
    }

    @Test
    void only_the_first_provider_in_the_configured_order_is_called() {
        start();
        JsonNode answer = gateway.get(ANY).json();
        assertThat(answer.at("/data/source").asString()).isEqualTo("coinbase");
        assertThat(answer.at("/data/price").asString()).isEqualTo("73367.8");
        assertThat(attempts(answer)).containsExactly("coinbase ok");
        assertThat(kraken.asked()).isEmpty();
    }

    @Test
    void the_order_can_be_configured_per_operation() {
        start("ROUTES_QUOTE", "kraken,coinbase");
        JsonNode answer = gateway.get(ANY).json();
        assertThat(answer.at("/data/source").asString()).isEqualTo("kraken");
        assertThat(coinbase.asked()).isEmpty();
    }

    @Test
    void the_second_provider_answers_if_the_first_fails_and_both_attempts_are_reported() {
        start();
        for (PlaybackServer.Answer broken :
                List.of(PlaybackServer.hangUp(), PlaybackServer.status(500, "{}"), PlaybackServer.html(200))) {
            coinbase.on(COINBASE_TICKER, broken);
            JsonNode answer = gateway.get(ANY).json();
            assertThat(answer.get("mock").asBoolean()).isFalse();
            assertThat(answer.at("/data/source").asString()).isEqualTo("kraken");
            assertThat(answer.at("/data/price").asString()).isEqualTo("73380.60000");
            assertThat(attempts(answer)).hasSize(2).last().isEqualTo("kraken ok");
            assertThat(attempts(answer).getFirst()).startsWith("coinbase upstream-");
            assertThat(gateway.client
                            .send("DELETE", "/api/v1/cache/auto/BTC-USDT")
                            .status())
                    .isLessThan(300);
        }
    }

    @Test
    void a_provider_that_renamed_a_field_is_replaced_and_the_difference_is_shown() {
        start();
        String renamed = Recording.of("coinbase", "products_ticker--ccxt-BTCUSDT")
                .bodyText()
                .replace("\"bid\"", "\"best_bid\"");
        coinbase.on(COINBASE_TICKER, PlaybackServer.json(renamed));
        assertThat(attempts(gateway.get(ANY).json())).containsExactly("coinbase schema-drift", "kraken ok");

        JsonNode problem = gateway.get("/api/v1/data/coinbase/BTC/USDT").json();
        assertThat(problem.get("type").asString()).isEqualTo("/problems/schema-drift");
        assertThat(problem.get("detail").asString())
                .contains("$.bid is missing")
                .doesNotContain("best_bid");

        JsonNode drift = gateway.get("/api/v1/providers/coinbase").json().at("/provider/drift");
        assertThat(drift.get("refused").asInt()).isPositive();
        assertThat(drift.get("payloads")).hasSize(1);
        assertThat(drift.at("/payloads/0/differences/0").asString()).isEqualTo("$.bid is missing; new: $.best_bid");
        assertThat(drift.at("/payloads/0/start").asString()).isEqualTo(renamed);

        coinbase.on(COINBASE_TICKER, COINBASE_ANSWER);
        // The failure is remembered for a moment, as every other; no data is.
        assertThat(gateway.client
                        .send("DELETE", "/api/v1/cache/coinbase/BTC-USDT")
                        .status())
                .isLessThan(300);
        JsonNode mended = gateway.get("/api/v1/data/coinbase/BTC/USDT").json();
        assertThat(mended.at("/data/source").asString()).isEqualTo("coinbase");
    }

    @Test
    void if_both_fail_the_error_names_both_and_mock_data_is_used_only_on_request() {
        start();
        coinbase.on(COINBASE_TICKER, PlaybackServer.hangUp());
        kraken.on(KRAKEN_TICKER, PlaybackServer.status(503, "{}"));
        ContractClient.Answer answer = gateway.get(ANY);
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/no-provider-answered");
        assertThat(attempts(answer.json())).containsExactly("coinbase upstream-unreachable", "kraken upstream-faulty");
        JsonNode opted = gateway.get(ANY + "?mock_when_down=true").json();
        assertThat(opted.get("mock").asBoolean()).isTrue();
    }

    @Test
    void a_slow_provider_is_hedged_by_the_next_and_cancelled_once_that_one_has_responded() throws Exception {
        start(
                "ORCHESTRATION_HEDGE_AFTER",
                "50ms",
                "COST_COINBASE",
                "2",
                "COST_KRAKEN",
                "3",
                "budgets.calls.limit",
                "100");
        coinbase.on(COINBASE_TICKER, PlaybackServer.hang());
        JsonNode answer = gateway.get(ANY + "?timeout=20").json();
        assertThat(answer.at("/data/source").asString()).isEqualTo("kraken");
        assertThat(attempts(answer)).containsExactly("coinbase cancelled", "kraken ok");
        assertThat(coinbase.awaitHangUp(Duration.ofSeconds(20)))
                .as("its connection is closed")
                .isTrue();
        assertThat(gateway.counter("request", "orchestration", "hedges")).isEqualTo(1);
        assertThat(gateway.counter("request", "orchestration", "hedges_won")).isEqualTo(1);
        gateway.until("coinbase", "budget", "paid", 1);
        assertThat(gateway.get("/api/v1/budget").json().at("/budgets/0/used").asString())
                .as("both calls were sent, so both are charged")
                .isEqualTo("5");
        assertThat(gateway.layer("coinbase", "circuit-breaker").get("state").asString())
                .isEqualTo("closed");
    }

    @Test
    void a_slow_provider_is_not_hedged_unless_hedging_is_enabled() {
        start();
        coinbase.on(COINBASE_TICKER, PlaybackServer.slow(Duration.ofMillis(400), COINBASE_ANSWER));
        assertThat(gateway.get(ANY).json().at("/data/source").asString()).isEqualTo("coinbase");
        assertThat(kraken.asked()).isEmpty();
    }

    @Test
    void an_explicitly_requested_provider_is_never_hedged() {
        start("ORCHESTRATION_HEDGE_AFTER", "10ms");
        coinbase.on(COINBASE_TICKER, PlaybackServer.slow(Duration.ofMillis(400), COINBASE_ANSWER));
        JsonNode answer = gateway.get("/api/v1/data/coinbase/BTC-USDT").json();
        assertThat(answer.at("/data/source").asString()).isEqualTo("coinbase");
        assertThat(kraken.asked()).isEmpty();
    }
}
