package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.facade.FacadeClient;
import io.marketbrain.facade.FacadeSocketClient;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kraken's and Coinbase's streams at another time. */
@Timeout(120)
class TimeMachineExchangesTest {
    private static final String START = "2024-02-21T08:59:50Z";
    private static final String KRAKEN = "/compat/kraken/v2";
    private static final String COINBASE = "/compat/coinbase";

    private static TwoMachines machines;
    private static TestGateway one;
    private static TestGateway other;
    private static FacadeClient here;
    private static FacadeClient there;

    @BeforeAll
    static void start(@TempDir Path folder) {
        machines = new TwoMachines(folder);
        one = machines.one;
        other = machines.other;
        here = machines.here;
        there = machines.there;
    }

    @AfterAll
    static void stop() {
        machines.close();
    }

    private static String kraken(String parameters) {
        return "{\"method\":\"subscribe\",\"params\":{" + parameters + ",\"symbol\":[\"BTC/USD\"]}}";
    }

    private static String coinbase(String... channels) {
        return "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"" + String.join("\",\"", channels)
                + "\"]}";
    }

    /** What a bot gets that subscribes to one channel after another and then advances its clock by a minute in uneven steps. */
    private static List<List<String>> logs(TestGateway gateway, FacadeClient rest) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            TwoMachines.move(rest, "to=" + START);
            SocketLog kraken = SocketLog.open(client, gateway, "/at/bot" + KRAKEN);
            for (String channel : List.of("ticker", "book", "ohlc", "trade")) {
                kraken.say(
                        kraken("\"channel\":\"" + channel + "\",\"snapshot\":true"),
                        "{\"channel\":\"" + channel + "\",\"type\":\"snapshot\"");
            }
            SocketLog coinbase = SocketLog.open(
                    client, gateway, "/at/bot" + COINBASE, coinbase("ticker", "matches", "level2_batch"));
            for (String step : List.of("250ms", "1s", "7s", "3s", "48s")) {
                TwoMachines.move(rest, "by=" + step);
            }
            TwoMachines.move(rest, "to=" + START); // ends the streams
            return List.of(kraken.without("\"heartbeat\""), coinbase.without("\"heartbeat\""));
        }
    }

    @Test
    void a_bot_on_a_stepped_clock_gets_the_same_bytes_of_streams_on_two_machines() throws Exception {
        List<List<String>> logs = logs(one, here);
        assertThat(logs).isEqualTo(logs(other, there));
        for (List<String> log : logs) {
            assertThat(log).hasSizeGreaterThan(300).last().asString().startsWith("closed with 1001: ");
        }
        assertThat(String.join("\n", logs.get(0)))
                .contains("\"time_in\":\"2024-02-21T08:59:50.000000Z\"")
                .contains("{\"channel\":\"trade\",\"type\":\"update\"")
                .contains("{\"channel\":\"ohlc\",\"type\":\"update\"")
                .contains("{\"channel\":\"book\",\"type\":\"update\"");
        assertThat(String.join("\n", logs.get(1)))
                .contains("{\"type\":\"last_match\"")
                .contains("{\"type\":\"match\"")
                .contains("{\"type\":\"l2update\"");
    }

    /** The price of our own API at an instant. */
    private static String price(String at, String symbol) throws MalformedPayload {
        return here.json("/at/" + at + "/api/v1/data/" + symbol)
                .at("data")
                .at("price")
                .text();
    }

    @Test
    void a_standing_time_has_its_state_and_then_heartbeats_only() throws MalformedPayload {
        String at = "2024-02-21T09:00:00Z";
        try (var kraken = new FacadeSocketClient(one.port(), "/at/" + at + KRAKEN);
                var coinbase = new FacadeSocketClient(one.port(), "/at/" + at + COINBASE)) {
            kraken.say(kraken("\"channel\":\"ticker\""));
            JsonValue ticker = kraken.next(text -> text.startsWith("{\"channel\":\"ticker\""));
            assertThat(ticker.at("data").at(0).at("last").text()).isEqualTo(price(at, "kraken/BTC/USD"));
            coinbase.say(coinbase("ticker", "heartbeat"));
            JsonValue quote = coinbase.next(text -> text.startsWith("{\"type\":\"ticker\""));
            assertThat(quote.at("price").text()).isEqualTo(price(at, "coinbase/BTC-USD"));
            assertThat(quote.at("time").text()).isEqualTo(at);
            for (int i = 0; i < 3; i++) {
                assertThat(kraken.next()).isEqualTo("{\"channel\":\"heartbeat\"}");
                assertThat(coinbase.next())
                        .startsWith("{\"type\":\"heartbeat\"")
                        .contains("\"time\":\"" + at + "\"");
            }
        }
    }

    @Test
    void a_running_time_has_the_events_of_the_market_at_its_instants() throws MalformedPayload {
        String running = "/at/2024-02-21T09:00:00Z/x60/from/" + Instant.now().getEpochSecond();
        try (var kraken = new FacadeSocketClient(one.port(), running + KRAKEN);
                var coinbase = new FacadeSocketClient(one.port(), running + COINBASE)) {
            kraken.say(kraken("\"channel\":\"ticker\""));
            coinbase.say(coinbase("ticker"));
            for (int i = 0; i < 5; i++) {
                JsonValue ticker = kraken.next(text -> text.startsWith("{\"channel\":\"ticker\",\"type\":\"update\""))
                        .at("data")
                        .at(0);
                assertThat(ticker.at("last").text())
                        .isEqualTo(price(ticker.at("timestamp").text(), "kraken/BTC/USD"));
                JsonValue quote = coinbase.next(text -> text.startsWith("{\"type\":\"ticker\""));
                assertThat(quote.at("price").text())
                        .isEqualTo(price(quote.at("time").text(), "coinbase/BTC-USD"));
            }
        }
    }
}
