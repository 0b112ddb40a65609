package io.marketbrain.facade.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data feed over a complete gateway with the mock market, whose clock stands on 21 February 2024, 09:00 UTC. */
class UdfTest {
    private static final long NOW = 1708506000;
    private static final long HOUR = 3600;

    private static TestGateway gateway;
    private static FacadeClient udf;
    private static FacadeClient own;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = TestGateway.with(folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z");
        udf = new FacadeClient(gateway.port(), "/udf");
        own = new FacadeClient(gateway.port(), "");
    }

    @AfterAll
    static void stop() {
        udf.close();
        own.close();
        gateway.close();
    }

    @Test
    void says_what_it_supports_and_what_time_it_is() throws MalformedPayload {
        JsonValue config = udf.json("/config");
        assertThat(config.at("supports_search").bool()).isTrue();
        assertThat(config.at("supports_group_request").bool()).isFalse();
        assertThat(texts(config.at("supported_resolutions"))).contains("1S", "1", "60", "1D", "1W", "1M");
        assertThat(config.at("exchanges").items().getFirst().at("value").text()).isEmpty();
        assertThat(udf.body("/time")).isEqualTo("1708506000");
    }

    @Test
    void digits_of_candles_are_those_of_our_own() throws MalformedPayload {
        String body = udf.body("/history?symbol=binance:BTCUSDT&resolution=60&from=" + (NOW - 3 * HOUR) + "&to=" + NOW);
        List<String> closes = texts(parse(body).at("c"));
        List<String> ours = new ArrayList<>();
        for (JsonValue candle : own.json("/api/v1/candles/binance/BTCUSDT?interval=1h&limit=3&to=" + NOW)
                .at("data")
                .at("candles")
                .items()) {
            ours.add(candle.at("close").text());
        }
        assertThat(closes).hasSize(3).isEqualTo(ours);
        assertThat(body).contains("\"c\":[" + String.join(",", ours) + "]").contains("\"mock\":true");
    }

    @Test
    void the_start_is_included_and_the_end_is_not() throws MalformedPayload {
        JsonValue history = udf.json(
                "/history?symbol=binance:BTCUSDT&resolution=60&from=" + (NOW - 2 * HOUR) + "&to=" + (NOW - HOUR));
        assertThat(texts(history.at("t"))).containsExactly(Long.toString(NOW - 2 * HOUR));
    }

    @Test
    void countback_counts_from_the_end_whatever_the_start_is() throws MalformedPayload {
        JsonValue history = udf.json(
                "/history?symbol=binance:BTCUSDT&resolution=60&from=" + (NOW - HOUR) + "&to=" + NOW + "&countback=5");
        assertThat(texts(history.at("t"))).hasSize(5).last().isEqualTo(Long.toString(NOW - HOUR));
    }

    @Test
    void days_are_at_midnight_in_utc() throws MalformedPayload {
        for (String symbol : List.of("yahoo:AAPL", "binance:BTCUSDT")) {
            for (String time : texts(udf.json("/history?symbol=" + symbol + "&resolution=D&countback=5&to=" + NOW)
                    .at("t"))) {
                assertThat(Long.parseLong(time) % (24 * HOUR)).as(symbol).isZero();
            }
        }
    }

    @Test
    void a_range_without_candles_names_the_last_one_before_it() throws MalformedPayload {
        // 17 and 18 February 2024 were a weekend, and the 19th a holiday in New York.
        JsonValue none = udf.json("/history?symbol=yahoo:AAPL&resolution=1D&from=1708128000&to=1708300800");
        assertThat(none.at("s").text()).isEqualTo("no_data");
        assertThat(none.at("nextTime").integer()).isEqualTo(1708041600); // Friday, 16 February
        assertThat(udf.body("/history?symbol=yahoo:AAPL&resolution=1D&from=1908128000&to=1908300800"))
                .isEqualTo("{\"s\":\"no_data\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/history?symbol=binance:NOSUCHCOIN&resolution=60&to=1708506000&countback=1 | 404 | no instrument",
                "/history?resolution=60&to=1708506000&countback=1 | 422 | symbol",
                "/history?symbol=binance:BTCUSDT&resolution=7&to=1708506000&countback=1 | 422 | resolution '7'",
                "/history?symbol=binance:BTCUSDT&resolution=60&from=9&to=3 | 422 | before to",
                "/history?symbol=binance:BTCUSDT&resolution=60&from=x | 422 | whole number of seconds",
                "/symbols?symbol=BTC | 409 | ambiguous",
                "/marks | 404 | has no such path",
            })
    void errors_have_the_shape_of_the_feed(String target, int status, String words) throws MalformedPayload {
        HttpResponse<String> response = udf.get(target);
        JsonValue body = parse(response.body());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(body.at("s").text()).isEqualTo("error");
        assertThat(body.at("errmsg").text()).contains(words);
    }

    @Test
    void a_symbol_has_its_digits_and_hours() throws MalformedPayload {
        JsonValue bitcoin = udf.json("/symbols?symbol=binance:BTCUSDT");
        assertThat(bitcoin.at("ticker").text()).isEqualTo("binance:BTC/USDT");
        assertThat(bitcoin.at("session").text()).isEqualTo("24x7");
        assertThat(bitcoin.at("pricescale").integer()).isGreaterThanOrEqualTo(100);
        JsonValue apple = udf.json("/symbols?symbol=yahoo:AAPL");
        assertThat(apple.at("session").text()).isEqualTo("0930-1600");
        assertThat(apple.at("timezone").text()).isEqualTo("America/New_York");
        assertThat(udf.json("/symbols?symbol=AAPL.US").at("type").text()).isEqualTo("stock");
    }

    @Test
    void searches_by_name_and_exchange() throws MalformedPayload {
        List<JsonValue> found = udf.json("/search?query=bitcoin&type=crypto&exchange=kraken&limit=3")
                .items();
        assertThat(found).isNotEmpty().hasSizeLessThanOrEqualTo(3);
        assertThat(found.getFirst().at("ticker").text()).startsWith("kraken:BTC/");
        JsonValue group = udf.json("/symbol_info?group=kraken");
        assertThat(group.at("symbol").items()).hasSameSizeAs(group.at("ticker").items());
    }

    @Test
    void quotes_come_together_and_one_that_fails_fails_alone() throws MalformedPayload {
        List<JsonValue> quotes = udf.json("/quotes?symbols=binance:BTCUSDT,binance:NOSUCHCOIN")
                .at("d")
                .items();
        assertThat(quotes.get(0).at("v").at("lp").text())
                .isEqualTo(own.json("/api/v1/data/binance/BTCUSDT")
                        .at("data")
                        .at("price")
                        .text());
        assertThat(quotes.get(0).at("v").at("mock").bool()).isTrue();
        assertThat(quotes.get(1).at("s").text()).isEqualTo("error");
    }

    static List<String> texts(JsonValue array) throws MalformedPayload {
        var texts = new ArrayList<String>();
        for (JsonValue item : array.items()) {
            texts.add(item.text());
        }
        return texts;
    }

    private static JsonValue parse(String body) throws MalformedPayload {
        return JsonValue.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
