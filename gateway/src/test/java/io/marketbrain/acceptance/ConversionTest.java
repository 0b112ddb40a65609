package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/convert} over a whole gateway. */
class ConversionTest {
    @TempDir
    Path folder;

    /** The European Central Bank with one recorded response. */
    private static PlaybackServer bank(String path, String contentType, String recording) {
        return PlaybackServer.start()
                .on(
                        path,
                        PlaybackServer.reply(
                                200,
                                Map.of("Content-Type", contentType),
                                Recording.of("ecb", recording).body()));
    }

    @Test
    void an_amount_is_converted_by_the_rates_of_a_central_bank() {
        try (PlaybackServer bank = bank("/stats/eurofxref/eurofxref-daily.xml", "text/xml", "daily--xrc");
                var gateway = TestGateway.live(folder, "ecb", bank)) {
            JsonNode direct = gateway.get("/api/v1/convert?amount=100&from=EUR&to=USD&provider=ecb")
                    .json();
            assertThat(direct.get("exact").asBoolean()).isTrue();
            assertThat(direct.get("mock").asBoolean()).isFalse();
            JsonNode rate = direct.at("/path/0");
            assertThat(rate.get("instrument").asString()).isEqualTo("EUR/USD");
            assertThat(rate.get("source").asString()).isEqualTo("ecb");
            assertThat(rate.get("as_of").asString()).isNotEmpty();
            assertThat(rate.get("age_seconds").asLong()).isPositive();
            assertThat(new BigDecimal(direct.get("result").asString()))
                    .isEqualByComparingTo(new BigDecimal(rate.get("rate").asString()).multiply(new BigDecimal("100")));

            JsonNode cross = gateway.get("/api/v1/convert?amount=100&from=USD&to=JPY&digits=10&provider=ecb")
                    .json();
            assertThat(cross.get("exact").asBoolean()).isFalse();
            assertThat(cross.get("rounding").asString()).isEqualTo("half_even");
            assertThat(cross.at("/path/0/inverted").asBoolean()).isTrue();
            assertThat(cross.at("/path/1/instrument").asString()).isEqualTo("EUR/JPY");
            assertThat(new BigDecimal(cross.get("result").asString()).precision())
                    .isLessThanOrEqualTo(10);
        }
    }

    @Test
    void a_past_instant_uses_the_last_rate_that_was_known_then() {
        try (PlaybackServer bank =
                        bank("/service/data/EXR/D.AUD.EUR.SP00.A", "text/csv", "fx_ecb_historical--2026-03-19");
                var gateway = TestGateway.live(folder, "ecb", bank)) {
            var answer = gateway.get("/api/v1/convert?amount=1&from=EUR&to=AUD&provider=ecb&at=2025-01-12T12:00:00Z");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode rate = answer.json().at("/path/0");
            assertThat(rate.get("kind").asString()).isEqualTo("observation");
            assertThat(rate.get("as_of").asString())
                    .as("the Friday before that Sunday")
                    .startsWith("2025-01-10");
            assertThat(rate.get("age_seconds").asLong())
                    .as("at that time, not now")
                    .isBetween(1L * 86_400, 3L * 86_400);

            var before = gateway.get("/api/v1/convert?from=EUR&to=AUD&provider=ecb&at=1995-01-12");
            assertThat(before.status()).as(before.text()).isEqualTo(422);
            assertThat(before.json().get("detail").asString())
                    .isEqualTo("ecb has no rate of EUR/AUD in the 10 days before 1995-01-12T00:00:00Z");
            var unknown = gateway.get("/api/v1/convert?from=AUD&to=QQQ&provider=ecb&at=1995-01-12");
            assertThat(unknown.status()).as(unknown.text()).isEqualTo(404);
            assertThat(unknown.json().get("detail").asString()).doesNotContain("EUR/AUD");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "amount=250&from=GBp&to=GBP, 2.50, GBp, GBP",
        "amount=2.5&from=GBP&to=GBX, 250, GBP, GBX",
        "amount=1&from=GBP&to=GBP, 1, GBP, GBP",
        "amount=1&from=gbp&to=GBP, 1, GBP, GBP",
        "amount=7&from=ZAc&to=ZAR, 0.07, ZAc, ZAR",
        "amount=3&from=GBp&to=GBX, 3, GBp, GBX"
    })
    void pence_are_not_pounds(String query, BigDecimal result, String from, String to) {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode answer = gateway.get("/api/v1/convert?" + query).json();
            assertThat(new BigDecimal(answer.get("result").asString()))
                    .as(answer.toString())
                    .isEqualByComparingTo(result);
            assertThat(answer.get("from").asString()).isEqualTo(from);
            assertThat(answer.get("to").asString()).isEqualTo(to);
            assertThat(answer.get("exact").asBoolean()).isTrue();
        }
    }

    @Test
    void an_amount_in_pence_is_converted_by_the_rate_of_the_pound() {
        try (var gateway = TestGateway.with(folder)) {
            String query = "&to=EUR&at=2024-02-21T09:00:00Z";
            JsonNode pounds =
                    gateway.get("/api/v1/convert?amount=1&from=GBP" + query).json();
            JsonNode pence =
                    gateway.get("/api/v1/convert?amount=100&from=GBp" + query).json();
            assertThat(new BigDecimal(pence.get("result").asString()))
                    .isEqualByComparingTo(new BigDecimal(pounds.get("result").asString()));
            assertThat(new BigDecimal(pence.get("rate").asString()).movePointRight(2))
                    .isEqualByComparingTo(new BigDecimal(pounds.get("rate").asString()));
        }
    }

    @Test
    void the_mock_market_makes_up_no_rate_of_what_is_no_currency_and_no_well_known_coin() throws IOException {
        Files.writeString(folder.resolve("brain.yaml"), """
                mock:
                  assets:
                    FOO/USDT: {base_price: 2}
                """);
        try (var gateway = TestGateway.with(folder)) {
            for (String provider : List.of("auto", "mock", "binance")) {
                var share = gateway.get("/api/v1/convert?from=AAPL&to=USD&provider=" + provider);
                assertThat(share.status()).as(share.text()).isEqualTo(404);
                assertThat(share.json().get("error").asString())
                        .isEqualTo(provider + " has no instrument 'AAPL/USD'; no other rates lead from AAPL to USD");
            }
            assertThat(gateway.get("/api/v1/convert?from=SOL&to=CHF").status()).isEqualTo(200);
            assertThat(gateway.get("/api/v1/convert?from=FOO&to=USDT&provider=mock")
                            .status())
                    .as("configured")
                    .isEqualTo(200);
        }
    }

    @Test
    void mock_rates_are_labelled_and_have_a_past() {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode answer = gateway.get("/api/v1/convert?amount=0.5&from=BTC&to=EUR&at=2024-02-21T09:00:00Z")
                    .json();
            assertThat(answer.get("mock").asBoolean()).isTrue();
            assertThat(answer.at("/path/0/mock_reason").asString()).isNotEmpty();
            assertThat(answer.at("/path/0/as_of").asString()).startsWith("2024-02-21");
            JsonNode same =
                    gateway.get("/api/v1/convert?amount=1.50&from=eur&to=EUR").json();
            assertThat(same.get("result").asString()).isEqualTo("1.50");
            assertThat(same.get("path")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "amount=1e3&from=GBP&to=GBp, 100000",
        "amount=5E-8&from=GBP&to=GBP, 0.00000005",
        "amount=-2.5e%2B1&from=GBp&to=GBP, -0.25",
        "amount=0e5&from=EUR&to=EUR, 0"
    })
    void an_amount_may_have_an_exponent(String query, String result) {
        try (var gateway = TestGateway.with(folder)) {
            assertThat(gateway.get("/api/v1/convert?" + query)
                            .json()
                            .get("result")
                            .asString())
                    .isEqualTo(result);
        }
    }

    @ParameterizedTest
    @CsvSource({"up, half_even, 1", "ceiling, floor, 1", "ceiling, floor, -1"})
    void a_result_without_an_end_is_rounded_as_asked(String above, String below, int amount) {
        try (var gateway = TestGateway.with(folder)) {
            String query = "/api/v1/convert?from=SEK&to=EUR&digits=3&provider=ecb&at=2024-02-21T09:00:00Z&amount="
                    + amount + "&rounding=";
            JsonNode more = gateway.get(query + above).json();
            JsonNode less = gateway.get(query + below).json();
            assertThat(more.get("rounding").asString()).isEqualTo(above);
            assertThat(more.get("exact").asBoolean()).isFalse();
            assertThat(new BigDecimal(more.get("result").asString()))
                    .isGreaterThanOrEqualTo(new BigDecimal(less.get("result").asString()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "amount=1e40&from=EUR&to=USD, 422, amount",
        "amount=1e-31&from=EUR&to=USD, 422, amount",
        "amount=1234567890123456789012345678901&from=EUR&to=USD, 422, amount",
        "amount=0x10&from=EUR&to=USD, 422, amount",
        "from=EUR&to=USD&rounding=nearest, 422, rounding",
        "amount=1, 422, from",
        "from=EUR&to=US D, 422, to",
        "from=EUR&to=USD&digits=0, 422, digits",
        "from=EUR&to=USD&provider=nowhere, 404, ''",
        "from=EUR&to=QQQ&provider=ecb, 404, ''"
    })
    void what_is_wrong_is_said(String query, int status, String field) {
        try (var gateway = TestGateway.with(folder)) {
            var answer = gateway.get("/api/v1/convert?" + query.replace(" ", "%20"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            if (!field.isEmpty()) {
                assertThat(answer.json().get("field").asString()).isEqualTo(field);
            }
        }
    }
}
