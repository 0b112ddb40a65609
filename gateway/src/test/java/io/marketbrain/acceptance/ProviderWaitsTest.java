package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.http.message.HttpDate;
import io.marketbrain.provider.PlaybackServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits that a provider asks for, over real sockets: how often it is called and what callers are told. */
class ProviderWaitsTest {
    private static final String TICKER = "/api/v3/ticker/24hr";

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private TestGateway gateway;

    private void start(PlaybackServer.Answer answer) {
        upstream.on(TICKER, answer);
        gateway = TestGateway.live(folder, "binance", upstream);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private static PlaybackServer.Answer answer(int status, Map<String, String> headers, String body) {
        return PlaybackServer.reply(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private ContractClient.Answer quote(String symbol) {
        return gateway.get("/api/v1/data/binance/" + symbol);
    }

    private static long retryAfter(ContractClient.Answer answer) {
        return answer.json().get("retry_after").asLong();
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 0, 3})
    void a_ban_is_never_called_into_whatever_the_clocks_say(long secondsLeft) {
        long end = Instant.now().plusSeconds(secondsLeft).toEpochMilli();
        start(answer(418, Map.of(), "{\"code\":-1003,\"msg\":\"IP banned until " + end + ".\"}"));
        ContractClient.Answer first = quote("BTCUSDT");
        assertThat(first.status()).isEqualTo(429);
        assertThat(retryAfter(first)).isBetween(100L, 120L);
        assertThat(retryAfter(quote("ETHUSDT"))).isBetween(60L, 120L);
        assertThat(upstream.asked(TICKER)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"720, 720", "259200, 259200", "1.5, 120"})
    void a_long_ban_holds_for_every_instrument_and_a_wait_that_cannot_be_read_counts_as_unnamed(
            String named, long seconds) {
        start(answer(418, Map.of("Retry-After", named), "{\"code\":-1003,\"msg\":\"Way too many requests.\"}"));
        for (String symbol : List.of("BTCUSDT", "ETHUSDT", "SOLUSDT")) {
            ContractClient.Answer refused = quote(symbol);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(retryAfter(refused)).isBetween(seconds - 60, seconds);
        }
        assertThat(upstream.asked(TICKER)).hasSize(1);
    }

    @Test
    void the_end_of_a_ban_is_measured_by_the_providers_clock() {
        // The gateway's clock is an hour ahead.
        long now = Instant.now().minusSeconds(3600).getEpochSecond();
        String end = (now + 600) + "000";
        start(answer(
                418,
                Map.of("Date", HttpDate.of(now)),
                "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned until " + end + ".\"}"));
        assertThat(retryAfter(quote("BTCUSDT"))).isBetween(595L, 601L);
        assertThat(quote("ETHUSDT").status()).isEqualTo(429);
        assertThat(upstream.asked(TICKER)).hasSize(1);
    }

    @Test
    void a_date_to_wait_for_is_measured_by_the_providers_clock() {
        // The gateway's clock is three minutes ahead.
        long now = Instant.now().minusSeconds(180).getEpochSecond();
        start(answer(429, Map.of("Date", HttpDate.of(now), "Retry-After", HttpDate.of(now + 90)), "{}"));
        ContractClient.Answer first = quote("BTCUSDT");
        assertThat(first.status()).isEqualTo(429);
        assertThat(retryAfter(first)).isBetween(85L, 91L);
        assertThat(quote("ETHUSDT").status()).isEqualTo(429);
        assertThat(upstream.asked(TICKER)).hasSize(1);
    }

    @Test
    void a_date_that_is_past_by_the_gateways_clock_is_no_leave_to_call_at_once() {
        long past = Instant.now().minusSeconds(60).getEpochSecond();
        start(answer(429, Map.of("Retry-After", HttpDate.of(past)), "{}"));
        assertThat(retryAfter(quote("BTCUSDT"))).isBetween(8L, 10L);
        assertThat(upstream.asked(TICKER)).hasSize(1);
    }

    @Test
    void planned_maintenance_is_passed_on_and_the_provider_is_not_called_during_it() {
        start(answer(503, Map.of("Retry-After", "300"), "<html>Maintenance</html>"));
        ContractClient.Answer first = quote("BTCUSDT");
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.header("Retry-After")).isEqualTo("300");
        assertThat(first.json().get("type").asString()).isEqualTo("/problems/upstream-faulty");
        for (String symbol : List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT", "XRPUSDT", "ADAUSDT")) {
            ContractClient.Answer next = quote(symbol);
            assertThat(next.status()).isEqualTo(503);
            assertThat(next.json().get("type").asString()).isEqualTo("/problems/upstream-faulty");
            assertThat(retryAfter(next)).isBetween(270L, 300L);
        }
        assertThat(upstream.asked(TICKER)).hasSize(1);
        assertThat(gateway.layer("binance", "circuit-breaker").get("state").asString())
                .isEqualTo("closed");
    }
}
