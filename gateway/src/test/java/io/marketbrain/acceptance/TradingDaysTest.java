package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Trading days of exchanges far from the provider's own, over a whole gateway. */
class TradingDaysTest {
    private static final String CHART = "/v8/finance/chart/";

    @TempDir
    Path folder;

    private static PlaybackServer yahoo(String symbol, byte[] body) {
        return PlaybackServer.start().on(CHART + symbol, PlaybackServer.json(body));
    }

    @Test
    void a_candle_that_opens_in_the_night_of_the_provider_is_of_the_day_of_its_exchange() {
        try (PlaybackServer provider = yahoo(
                        "WSKT.JK",
                        Recording.of("yahoo", "v8_chart--WSKT.JK-2020-01-01-to-2020-01-03")
                                .body());
                var gateway = TestGateway.live(folder, "yahoo", provider)) {
            String path = "/api/v1/candles/yahoo/WSKT.JK?interval=1d&from=2020-01-01&to=2020-01-04";
            JsonNode data = gateway.get(path).json().get("data");
            assertThat(data.get("zone").asString()).isEqualTo("Asia/Jakarta");
            assertThat(data.at("/candles/0/open_time").asString()).isEqualTo("2020-01-02T02:00:00Z");
            assertThat(data.at("/candles/0/session_date").asString()).isEqualTo("2020-01-02");
            assertThat(gateway.get(path + "&format=csv&time_format=date").text())
                    .contains("\n2020-01-02,1485,");
        }
    }

    /** Korea's new year of 2025, when New York traded; and a day on which Korea traded, which is missing. */
    @ParameterizedTest
    @CsvSource({
        "005930.KS, KRW, 2025-01-24T00:00:00Z, 2025-01-31T00:00:00Z, 0",
        "005930.KS, KRW, 2025-01-22T00:00:00Z, 2025-01-24T00:00:00Z, 1",
        "2222.SR, SAR, 2025-01-23T07:00:00Z, 2025-01-26T07:00:00Z, 0"
    })
    void a_holiday_of_the_exchange_is_no_gap(String symbol, String currency, String first, String second, int gaps) {
        String body = """
                {"chart":{"result":[{"meta":{"currency":"%s","symbol":"%s","regularMarketTime":%d,"regularMarketPrice":100},
                 "timestamp":[%d,%d],"indicators":{"quote":[{"open":[100,100],"high":[101,101],"low":[99,99],
                 "close":[100,100],"volume":[5,5]}]}}],"error":null}}""".formatted(currency, symbol, epoch(second), epoch(first), epoch(second));
        try (PlaybackServer provider = yahoo(symbol, body.getBytes(StandardCharsets.UTF_8));
                var gateway = TestGateway.live(folder, "yahoo", provider)) {
            JsonNode data = gateway.get("/api/v1/candles/yahoo/" + symbol + "?interval=1d&from="
                            + first.substring(0, 10) + "&to=" + second.substring(0, 10) + "T23:00:00Z")
                    .json()
                    .get("data");
            assertThat(data.get("candles")).hasSize(2);
            assertThat(data.get("gaps")).as(data.toString()).hasSize(gaps);
        }
    }

    @ParameterizedTest
    @CsvSource({"2025-11-26, 2025-11-26T16:30:00Z", "2025-12-24, 2025-12-24T12:30:00Z", "today, ''"})
    void a_price_of_a_day_is_of_the_close_of_its_exchange_and_never_of_the_future(String day, String asOf) {
        String date = day.equals("today") ? LocalDate.now(ZoneOffset.UTC).toString() : day;
        String body = """
                {"Global Quote":{"01. symbol":"VOD.LON","02. open":"70.1","03. high":"71.0","04. low":"69.5",
                 "05. price":"70.5000","06. volume":"1000","07. latest trading day":"%s","08. previous close":"70.0",
                 "09. change":"0.5","10. change percent":"0.7%%"}}""".formatted(date);
        try (PlaybackServer provider = PlaybackServer.start().on("/query", PlaybackServer.json(body));
                var gateway = TestGateway.live(folder, "alphavantage", provider)) {
            var answer = gateway.get("/api/v1/data/alphavantage/VOD.L");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            Instant time = Instant.parse(answer.json().at("/data/as_of").asString());
            assertThat(time).isBeforeOrEqualTo(Instant.now());
            if (!asOf.isEmpty()) {
                assertThat(time).isEqualTo(asOf);
            }
        }
    }

    @Test
    void the_mock_market_has_the_trading_days_of_new_york_everywhere() {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode data = gateway.get("/api/v1/candles/yahoo/VOD.L?interval=1d&from=2025-11-24&to=2025-12-02")
                    .json()
                    .get("data");
            assertThat(data.get("zone").asString()).isEqualTo("America/New_York");
            assertThat(data.get("candles")).as("Thanksgiving").hasSize(5);
            assertThat(data.get("gaps")).isEmpty();
        }
    }

    private static long epoch(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }
}
