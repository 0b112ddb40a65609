package io.marketbrain.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.mock.CustomAsset;
import io.marketbrain.model.AssetType;
import io.marketbrain.provider.mock.ServedCandles.Row;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mock market as clients see it: over HTTP, through all layers, in place of other providers. */
class ServedMarketTest {
    private static final Instant NOW = Instant.parse("2024-02-21T15:04:05Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void minute_candles_aggregate_to_the_hourly_ones_for_100_random_ranges() throws Exception {
        var random = new SplittableRandom(11);
        try (var api = new ServedCandles(NOW)) {
            for (int i = 0; i < 100; i++) {
                long day =
                        random.nextLong(Instant.parse("2000-01-01T00:00:00Z").getEpochSecond(), NOW.getEpochSecond());
                Instant from = Instant.ofEpochSecond(Math.floorDiv(day, 3600) * 3600 - 3600L * random.nextInt(24));
                Instant to = from.plus(HOUR.multipliedBy(random.nextInt(1, 24)));
                List<Row> minutes = api.candles("binance", "BTCUSDT", "1m", from, to);
                List<Row> hours = api.candles("binance", "BTCUSDT", "1h", from, to);
                assertThat(hours).isNotEmpty();
                for (Row hour : hours) {
                    List<Row> own = minutes.stream()
                            .filter(m -> !m.openTime().isBefore(hour.openTime())
                                    && m.openTime().isBefore(hour.openTime().plus(HOUR)))
                            .toList();
                    assertThat(sum(own))
                            .describedAs("the hour of %s", hour.openTime())
                            .isEqualTo(hour);
                }
            }
        }
    }

    @Test
    void responses_are_labelled_as_mock_with_the_reason() throws Exception {
        try (var api = new ServedCandles(NOW)) {
            JsonValue response = json(api.get("/api/v1/data/binance/BTCUSDT"));
            assertThat(response.at("mock").bool()).isTrue();
            assertThat(response.at("mock_reason").text()).isNotBlank();
            JsonValue quote = response.at("data");
            assertThat(quote.at("source").text()).isEqualTo("mock");
            assertThat(quote.at("symbol").text()).isEqualTo("BTC");
            assertThat(quote.at("provider_symbol").text()).isEqualTo("BTCUSDT");
            assertThat(quote.at("exchange").text()).isEqualTo("Binance");
            assertThat(quote.at("as_of").text()).isEqualTo(NOW.toString());
            assertThat(quote.at("price").decimal())
                    .isBetween(quote.at("bid").decimal(), quote.at("ask").decimal());
            assertThat(quote.at("volume").decimal()).isPositive();
        }
    }

    @Test
    void uses_the_symbols_venue_and_precision_of_the_replaced_provider() throws Exception {
        try (var api = new ServedCandles(NOW)) {
            JsonValue coinbase = json(api.get("/api/v1/data/coinbase/BTC-USD")).at("data");
            JsonValue kraken = json(api.get("/api/v1/data/kraken/XBTUSD")).at("data");
            assertThat(coinbase.at("provider_symbol").text()).isEqualTo("BTC-USD");
            assertThat(kraken.at("provider_symbol").text()).isEqualTo("XBTUSD");
            assertThat(kraken.at("exchange").text()).isEqualTo("Kraken");
            assertThat(kraken.at("price").text()).matches("\\d+\\.\\d");
            assertThat(coinbase.at("price").text()).matches("\\d+\\.\\d\\d");
            assertThat(kraken.at("price")
                            .decimal()
                            .subtract(coinbase.at("price").decimal())
                            .abs())
                    .isLessThan(new BigDecimal("0.06"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data/mock/AAPL?", "book/binance/BTCUSDT?depth=5&", "trades/coinbase/ETH-USD?limit=20&"})
    void a_past_instant_gives_the_same_result_at_any_time_of_request(String path) throws Exception {
        String then = "at=2023-05-03T14:30:00.250Z";
        String first;
        try (var api = new ServedCandles(NOW)) {
            first = data(api.get("/api/v1/" + path + then));
        }
        try (var api = new ServedCandles(NOW.plus(Duration.ofDays(700)))) {
            assertThat(data(api.get("/api/v1/" + path + then))).isEqualTo(first);
            assertThat(data(api.get("/api/v1/" + path + "at=2023-05-03T14:31:00Z")))
                    .isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data/mock/AAPL", "book/binance/BTCUSDT", "trades/binance/BTCUSDT"})
    void rejects_times_in_the_future(String path) throws Exception {
        try (var api = new ServedCandles(NOW)) {
            HttpResponse<String> response = api.get("/api/v1/" + path + "?at=" + NOW.plusMillis(1));
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(response.body()).contains("not in the future");
            assertThat(api.get("/api/v1/" + path + "?at=" + NOW).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/binance/BTCUSDT",
                "candles/mock/AAPL?interval=1d&limit=30",
                "book/kraken/XBTUSD",
                "trades/mock/EURUSD",
                "series/mock/CPIAUCSL",
                "news/mock?q=AAPL"
            })
    void two_gateways_with_the_same_clock_return_the_same_bytes(String path) throws Exception {
        try (var one = new ServedCandles(NOW);
                var other = new ServedCandles(NOW)) {
            assertThat(data(one.get("/api/v1/" + path))).isEqualTo(data(other.get("/api/v1/" + path)));
        }
    }

    @Test
    void another_seed_is_another_market() throws Exception {
        MockConfig seven = new MockConfig(7, Optional.of(NOW), false, FaultInjection.NONE, 10, Map.of());
        try (var one = new ServedCandles(NOW);
                var other = new ServedCandles(seven)) {
            assertThat(data(one.get("/api/v1/data/binance/BTCUSDT")))
                    .isNotEqualTo(data(other.get("/api/v1/data/binance/BTCUSDT")));
        }
    }

    @Test
    void a_running_mock_clock_advances_like_the_machines_clock() {
        var machine = new AtomicLong(1_000_000);
        var config = new MockConfig(42, Optional.of(NOW), true, FaultInjection.NONE, 10, Map.of());
        var clock = config.clock(() -> Instant.ofEpochMilli(machine.get()));
        machine.addAndGet(2500);
        assertThat(clock.instant()).isEqualTo(NOW.plusMillis(2500));
    }

    @Test
    void serves_configured_assets_under_any_provider() throws Exception {
        var own = new CustomAsset(
                new BigDecimal("12"),
                0.03,
                0,
                new BigDecimal("3"),
                new BigDecimal("48"),
                AssetType.CRYPTO,
                Optional.of(new BigDecimal("0.005")),
                Optional.empty());
        try (var api = new ServedCandles(ServedCandles.at(NOW).with(Map.of("FOO/USDT", own)))) {
            BigDecimal price = json(api.get("/api/v1/data/binance/FOOUSDT"))
                    .at("data")
                    .at("price")
                    .decimal();
            assertThat(price).isBetween(new BigDecimal("3"), new BigDecimal("48"));
            assertThat(price.remainder(new BigDecimal("0.005"))).isEqualByComparingTo("0");
            assertThat(json(api.get("/api/v1/data/mock/foo-usdt"))
                            .at("data")
                            .at("price")
                            .decimal())
                    .isEqualTo(price);
        }
    }

    @Test
    void macro_series_omit_unfinished_periods() throws Exception {
        try (var api = new ServedCandles(NOW)) {
            JsonValue data = json(api.get("/api/v1/series/mock/CPIAUCSL?from=2020-01-01"))
                    .at("data");
            List<JsonValue> months = data.at("observations").items();
            assertThat(months).hasSize(49);
            assertThat(months.getLast().at("time").text()).startsWith("2024-01-01");
            assertThat(months.getLast().at("value").decimal()).isBetween(new BigDecimal("200"), new BigDecimal("500"));
            assertThat(data.at("title").text()).contains("synthetic");
            assertThat(json(api.get("/api/v1/series/mock/DGS10?limit=5"))
                            .at("data")
                            .at("observations")
                            .items())
                    .hasSize(5);
        }
    }

    @Test
    void the_symbol_in_the_id_of_a_series_may_have_any_form() throws Exception {
        try (var api = new ServedCandles(NOW)) {
            for (String symbol : List.of("BTCUSDT", "BTCUSDT.P", "BTC%2FUSDT:USDT", "btcusdt")) {
                JsonValue data = json(api.get("/api/v1/series/binancefutures/funding_rate:" + symbol + "?limit=3"))
                        .at("data");
                assertThat(data.at("id").text()).isEqualTo("funding_rate:BTC/USDT:USDT");
                assertThat(data.at("unit").text()).isEqualTo("fraction");
                assertThat(data.at("observations").items()).hasSize(3);
            }
            assertThat(json(api.get("/api/v1/series/finnhub/DIVIDENDS:aapl"))
                            .at("data")
                            .at("id")
                            .text())
                    .isEqualTo("dividends:AAPL");
        }
    }

    @Test
    void a_range_of_a_series_has_its_first_values() throws Exception {
        try (var api = new ServedCandles(NOW)) {
            List<JsonValue> first = json(api.get("/api/v1/series/binancefutures/funding_rate:BTCUSDT"
                            + "?limit=2&from=2024-01-01T00:00:00Z"))
                    .at("data")
                    .at("observations")
                    .items();
            assertThat(first)
                    .extracting(row -> row.at("time").text())
                    .containsExactly("2024-01-01T00:00:00Z", "2024-01-01T08:00:00Z");
        }
    }

    @Test
    void the_series_of_an_instrument_are_those_of_its_market() throws Exception {
        try (var api = new ServedCandles(NOW)) {
            JsonValue mark = json(api.get("/api/v1/series/okx/mark_price:BTC-USDT-SWAP"))
                    .at("data")
                    .at("observations")
                    .at(0);
            JsonValue quote = json(api.get("/api/v1/data/okx/BTC-USDT-SWAP")).at("data");
            assertThat(mark.at("value").decimal()).isEqualTo(quote.at("price").decimal());
            JsonValue prices = json(api.get("/api/v1/series/coingecko/price:BTC-USD?limit=48"))
                    .at("data");
            assertThat(prices.at("observations").items()).hasSize(48);
            assertThat(json(api.get("/api/v1/series/finnhub/splits:AAPL"))
                            .at("data")
                            .at("observations")
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void what_an_instrument_cannot_have_is_refused_with_the_reason() throws Exception {
        try (var api = new ServedCandles(NOW)) {
            var refused = Map.of(
                    "okx/funding_rate:BTC-USDT",
                    "okx has no funding_rate of BTC/USDT, which is not a perpetual swap, such as BTC/USDT:USDT",
                    "okx/dividends:BTC-USDT",
                    "okx has no series of dividends; it has those of funding_rate, mark_price, open_interest",
                    "okx/GDP",
                    "okx has series of instruments only: funding_rate, mark_price, open_interest",
                    "finnhub/dividends:OANDA:EUR_USD",
                    "finnhub has no dividends of EUR/USD, which is not a share or fund");
            for (var each : refused.entrySet()) {
                HttpResponse<String> response = api.get("/api/v1/series/" + each.getKey());
                assertThat(response.statusCode()).isEqualTo(422);
                assertThat(JsonValue.parse(response.body().getBytes(StandardCharsets.UTF_8))
                                .at("detail")
                                .text())
                        .isEqualTo(each.getValue());
            }
            assertThat(api.get("/api/v1/series/okx/funding_rate:NOSUCH").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void news_items_are_labelled_as_synthetic() throws Exception {
        try (var api = new ServedCandles(NOW)) {
            List<JsonValue> items = json(api.get("/api/v1/news/mock?limit=30"))
                    .at("data")
                    .at("items")
                    .items();
            assertThat(items).hasSize(30);
            Instant before = NOW;
            for (JsonValue item : items) {
                assertThat(item.at("title").text()).startsWith("[synthetic] ");
                Instant published = Instant.parse(item.at("published").text());
                assertThat(published).isBeforeOrEqualTo(before);
                before = published;
            }
            assertThat(json(api.get("/api/v1/news/mock?q=aapl&limit=3"))
                            .at("data")
                            .at("items")
                            .items())
                    .hasSize(3)
                    .allMatch(i -> text(i, "title").contains("AAPL"));
            assertThat(json(api.get("/api/v1/news/mock?q=Zebra%20%22crossing%22&limit=2"))
                            .at("data")
                            .at("items")
                            .items())
                    .allMatch(i -> text(i, "title").contains("Zebra \"crossing\""));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0,0,502,upstream-faulty", "0,1,0,429,upstream-throttled", "0,0,1,502,upstream-malformed"})
    void simulates_outages(double errors, double throttles, double drifts, int status, String problem)
            throws Exception {
        var faults = new FaultInjection(Duration.ZERO, errors, throttles, Duration.ofSeconds(7), drifts);
        try (var api = new ServedCandles(ServedCandles.at(NOW).with(faults))) {
            HttpResponse<String> response = api.get("/api/v1/data/binance/BTCUSDT");
            assertThat(response.body()).contains("/problems/" + problem);
            assertThat(response.statusCode()).isEqualTo(status);
            if (throttles > 0) {
                assertThat(response.headers().firstValue("Retry-After"))
                        .hasValueSatisfying(
                                wait -> assertThat(Integer.parseInt(wait)).isBetween(1, 8));
            }
        }
    }

    @Test
    void simulates_latency_within_the_callers_deadline() throws Exception {
        var faults = new FaultInjection(Duration.ofMillis(250), 0, 0, Duration.ofSeconds(1), 0);
        try (var api = new ServedCandles(ServedCandles.at(NOW).with(faults))) {
            assertThat(api.get("/api/v1/data/binance/BTCUSDT").statusCode()).isEqualTo(200);
            HttpResponse<String> late = api.get("/api/v1/data/binance/ETHUSDT?timeout=0.1");
            assertThat(late.statusCode()).isEqualTo(504);
        }
    }

    @Test
    void a_failing_mock_provider_opens_its_circuit_like_a_live_one() throws Exception {
        var faults = new FaultInjection(Duration.ZERO, 1, 0, Duration.ofSeconds(1), 0);
        try (var api = new ServedCandles(ServedCandles.at(NOW).with(faults))) {
            boolean open = false;
            for (int i = 0; i < 60 && !open; i++) {
                open = api.get("/api/v1/data/binance/COIN" + i + "USDT").body().contains("circuit-open");
            }
            assertThat(open).isTrue();
        }
    }

    private static Row sum(List<Row> rows) {
        return new Row(
                rows.getFirst().openTime(),
                rows.getFirst().open(),
                rows.stream().map(Row::high).max(BigDecimal::compareTo).orElseThrow(),
                rows.stream().map(Row::low).min(BigDecimal::compareTo).orElseThrow(),
                rows.getLast().close(),
                rows.stream().map(Row::volume).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static JsonValue json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
        return JsonValue.parse(response.body().getBytes(StandardCharsets.UTF_8));
    }

    /** The text of the member {@code data}, which must be the same in every response. */
    private static String data(HttpResponse<String> response) {
        assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
        String body = response.body();
        int from = body.indexOf("\"data\":");
        int to = body.indexOf("\"response_time\"");
        return body.substring(from, to < from ? body.length() : to).replaceAll("\"received_at\":\"[^\"]*\"", "");
    }

    private static String text(JsonValue item, String name) {
        try {
            return item.at(name).text();
        } catch (io.marketbrain.json.MalformedPayload e) {
            throw new AssertionError(e);
        }
    }
}
