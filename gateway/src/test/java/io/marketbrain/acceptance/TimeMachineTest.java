package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.facade.FacadeClient;
import io.marketbrain.facade.FacadeName;
import io.marketbrain.json.MalformedPayload;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests at another time: the same instant has the same data on every machine, whatever the time is there. */
class TimeMachineTest {
    private static final List<String> TARGETS = List.of(
            "/compat/binance/api/v3/time",
            "/compat/binance/api/v3/exchangeInfo",
            "/compat/binance/api/v3/ticker/24hr?symbol=BTCUSDT",
            "/compat/binance/api/v3/klines?symbol=ETHUSDT&interval=1m&limit=20",
            "/compat/binance/api/v3/depth?symbol=BTCUSDT&limit=20",
            "/compat/binance/api/v3/aggTrades?symbol=BTCUSDT&limit=20",
            "/compat/binance/api/v3/avgPrice?symbol=BTCUSDT",
            "/compat/kraken/0/public/Ticker?pair=XXBTZUSD,ETHEUR",
            "/compat/kraken/0/public/Depth?pair=XXBTZUSD&count=10",
            "/compat/coinbase/products/BTC-USD/candles?granularity=60",
            "/compat/coinbase/products/BTC-USD/trades",
            "/compat/coingecko/api/v3/simple/price?ids=bitcoin,ethereum&vs_currencies=usd,eur",
            "/udf/history?symbol=binance:BTCUSDT&resolution=60&countback=10",
            "/udf/quotes?symbols=binance:BTCUSDT,yahoo:AAPL",
            "/portfolio/daily/yahoo/AAPL?limit=5&currency=EUR",
            "/portfolio/latest?symbols=yahoo:AAPL,binance:BTCUSDT&format=ledger",
            "/api/v1/candles/kraken/ETH/EUR?interval=1h&limit=10&format=csv",
            "/api/v1/candles/mock/AAPL?interval=1d&from=2020-01-01&format=ndjson");

    private static TwoMachines machines;
    private static TestGateway one;
    private static FacadeClient here;
    private static FacadeClient there;

    @BeforeAll
    static void start(@TempDir Path folder) {
        machines = new TwoMachines(folder, "facades.binance.port", "0");
        one = machines.one;
        here = machines.here;
        there = machines.there;
    }

    @AfterAll
    static void stop() {
        machines.close();
    }

    @Test
    void a_bot_on_a_stepped_clock_logs_the_same_bytes_on_two_machines() {
        String log = log(here);
        assertThat(log).contains("{\"serverTime\":1582277400000}").isEqualTo(log(there));
    }

    /** What a bot is sent at ten instants, ten minutes apart. */
    private static String log(FacadeClient gateway) {
        var log = new StringBuilder();
        gateway.send("POST", "/at/bot/clock?to=2020-02-21T08:00:00Z");
        for (int step = 0; step < 10; step++) {
            assertThat(gateway.send("POST", "/at/bot/clock?by=10m").statusCode())
                    .isEqualTo(200);
            for (String target : TARGETS) {
                log.append(target)
                        .append('\n')
                        .append(gateway.body("/at/bot" + target))
                        .append('\n');
            }
        }
        return log.toString();
    }

    @Test
    void an_agent_asks_about_another_time() throws MalformedPayload {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                + "{\"name\":\"quotes\",\"arguments\":{\"symbols\":[\"binance:BTCUSDT\"]}}}";
        HttpResponse<String> response = here.post("/at/2024-02-21T09:00:00Z/mcp", call);
        String price = here.json("/at/2024-02-21T09:00:00Z/api/v1/data/binance/BTCUSDT")
                .at("data")
                .at("price")
                .text();
        assertThat(response.body())
                .contains("," + price + ",")
                .contains("2024-02-21T09:00:00Z")
                .contains("/at/2024-02-21T09:00:00Z/api/v1/");
    }

    @Test
    void a_simulated_time_leaves_the_cache_and_the_present_alone() throws MalformedPayload {
        String target = "/compat/binance/api/v3/time";
        long entered = entered();
        assertThat(here.body("/at/2024-02-21T09:00:00Z" + target)).isEqualTo("{\"serverTime\":1708506000000}");
        here.body("/at/2024-02-21T09:00:00Z/api/v1/data/binance/BTCUSDT");
        assertThat(entered()).isEqualTo(entered);
        assertThat(here.json(target).at("serverTime").integer()).isGreaterThan(1_750_000_000_000L);
        assertThat(there.body(target)).isEqualTo("{\"serverTime\":1622505600000}");
    }

    private static long entered() {
        return one.layer("request", "cache").get("entered").asLong();
    }

    @Test
    void a_running_time_runs_from_a_real_instant_on() throws MalformedPayload {
        // The clock of the other gateway stands at 2021-06-01, an hour after the instant that the time counts from.
        assertThat(there.json("/at/2020-02-21T08:00:00Z/x60/from/1622502000/compat/binance/api/v3/time")
                        .at("serverTime")
                        .integer())
                .isEqualTo(1582272000000L + 60 * 3_600_000L);
        assertThat(there.body("/at/2020-02-21T08:00:00Z/x0.5/from/1922502000/clock"))
                .isEqualTo("{\"now\":\"2020-02-21T08:00:00Z\",\"epoch_ms\":1582272000000}");
    }

    @Test
    void a_time_may_precede_the_paths_of_a_port_of_its_own() {
        try (var binance = new FacadeClient(one.facadePort(FacadeName.BINANCE), "")) {
            assertThat(binance.body("/at/2024-02-21T09:00:00Z/api/v3/time"))
                    .isEqualTo("{\"serverTime\":1708506000000}");
            assertThat(binance.get("/api/v3/time").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_response_says_its_time_and_links_below_it() {
        HttpResponse<String> page =
                here.get("/at/2024-02-21T09:00:00Z/api/v1/candles/binance/BTCUSDT?interval=1h&limit=2&from=2024-02-01");
        assertThat(page.headers().firstValue("X-Simulated-Time")).contains("2024-02-21T09:00:00Z");
        assertThat(page.headers().firstValue("Link").orElseThrow())
                .startsWith("</at/2024-02-21T09:00:00Z/api/v1/candles/");
        assertThat(page.body()).contains("\"mock\":true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/at/nobody/compat/binance/api/v3/time | 422 | a clock that has been set",
                "/at/2024-02-21/x60/api/v1/quotes | 422 | /from/<epoch seconds>/",
                "/at/2024-02-21/x0/from/1708506000/api/v1/quotes | 422 | a speed such as x60",
                "/at/1920-02-21/api/v1/quotes | 422 | from 1980 to 2100",
                "/at/2024-02-21/health | 404 | no such path",
                "/at/2024-02-21/clock?by=1m | 400 | set with POST",
            })
    void what_is_wrong_with_a_time_is_said(String target, int status, String words) {
        HttpResponse<String> response = here.get(target);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).containsIgnoringCase(words);
    }

    @Test
    void only_a_named_clock_can_be_set() {
        assertThat(here.send("POST", "/at/2024-02-21/clock?by=1m").statusCode()).isEqualTo(400);
        assertThat(here.send("POST", "/at/unset/clock?by=1m").statusCode()).isEqualTo(422);
        assertThat(here.send("POST", "/at/unset/clock").statusCode()).isEqualTo(400);
        assertThat(here.send("DELETE", "/at/unset/clock").statusCode()).isEqualTo(405);
    }
}
