package io.marketbrain.facade.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.facade.FacadeSocketClient;
import io.marketbrain.facade.RunningMarket;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binance's streams as our data fills them: addresses, messages of a client, shapes and errors. */
@Timeout(120)
class BinanceStreamsTest {
    private static final String NONE = "{\"result\":null,\"id\":%s}";

    private static TestGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = RunningMarket.start(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static FacadeSocketClient open(String path) {
        return new FacadeSocketClient(gateway.port(), "/compat/binance" + path);
    }

    private static String message(String method, String parameters, String id) {
        return "{\"method\":\"" + method + "\",\"params\":[" + parameters + "],\"id\":" + id + "}";
    }

    /** The response to a message, among events. */
    private static String answer(FacadeSocketClient client) {
        String message = client.next();
        while (!message.startsWith("{\"result\"") && !message.startsWith("{\"error\"")) {
            message = client.next();
        }
        return message;
    }

    @ParameterizedTest
    @CsvSource({
        "trade, trade, p",
        "aggTrade, aggTrade, q",
        "kline_1m, kline, k",
        "bookTicker, '', B",
        "miniTicker, 24hrMiniTicker, c",
        "ticker, 24hrTicker, w",
        "depth, depthUpdate, u",
        "depth@100ms, depthUpdate, U",
        "depth5, '', lastUpdateId",
        "depth20@1000ms, '', asks"
    })
    void a_stream_named_in_the_address_is_sent_at_once(String stream, String type, String member)
            throws MalformedPayload {
        try (FacadeSocketClient client = open("/ws/btcusdt@" + stream)) {
            JsonValue event = client.next(_ -> true);
            assertThat(event.members()).containsKey(member);
            if (!type.isEmpty()) {
                assertThat(event.at("e").text()).isEqualTo(type);
                assertThat(event.at("s").text()).isEqualTo("BTCUSDT");
            }
        }
    }

    @Test
    void combined_streams_have_their_names() throws MalformedPayload {
        try (FacadeSocketClient client = open("/stream?streams=btcusdt@bookTicker/ethusdt@trade")) {
            JsonValue best = client.next(text -> text.startsWith("{\"stream\":\"btcusdt@bookTicker\""));
            assertThat(best.at("data").at("s").text()).isEqualTo("BTCUSDT");
            JsonValue trade = client.next(text -> text.startsWith("{\"stream\":\"ethusdt@trade\""));
            assertThat(trade.at("data").at("s").text()).isEqualTo("ETHUSDT");
        }
    }

    @Test
    void a_client_subscribes_lists_and_unsubscribes() {
        try (FacadeSocketClient client = open("/ws")) {
            client.say(message("SUBSCRIBE", "\"btcusdt@bookTicker\",\"ethusdt@trade\"", "1"));
            assertThat(client.next()).as("before any event").isEqualTo(NONE.formatted("1"));
            client.say(message("LIST_SUBSCRIPTIONS", "", "\"two\""));
            assertThat(answer(client))
                    .isEqualTo("{\"result\":[\"btcusdt@bookTicker\",\"ethusdt@trade\"],\"id\":\"two\"}");
            client.say(message("UNSUBSCRIBE", "\"btcusdt@bookTicker\",\"ethusdt@trade\"", "3"));
            assertThat(answer(client)).isEqualTo(NONE.formatted("3"));
            client.say("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":4}");
            assertThat(client.next()).as("no event any more").isEqualTo("{\"result\":[],\"id\":4}");
        }
    }

    @Test
    void names_of_streams_can_be_switched_on() {
        try (FacadeSocketClient client = open("/ws/btcusdt@bookTicker")) {
            assertThat(client.next()).startsWith("{\"u\":");
            client.say(message("SET_PROPERTY", "\"combined\",true", "5"));
            assertThat(answer(client)).isEqualTo(NONE.formatted("5"));
            assertThat(client.next()).startsWith("{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":");
            client.say(message("GET_PROPERTY", "\"combined\"", "6"));
            assertThat(answer(client)).isEqualTo("{\"result\":true,\"id\":6}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | 3 | Invalid JSON: ",
                "{\"id\":1} | 2 | Invalid request: missing field `method`",
                "{\"method\":\"DANCE\",\"id\":1} | 2 | Invalid request: unknown variant `DANCE`, expected one of",
                "{\"method\":\"SUBSCRIBE\",\"id\":1} | 2 | Invalid request: ",
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@dance\"],\"id\":1} | 2 | Invalid request: the stream"
                        + " `btcusdt@dance` is not served",
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"nothing@trade\"],\"id\":1} | -1121 | Invalid symbol.",
                "{\"method\":\"SET_PROPERTY\",\"params\":[\"x\",true],\"id\":1} | 0 | Unknown property",
            })
    void errors_are_binances(String message, int code, String words) throws MalformedPayload {
        try (FacadeSocketClient client = open("/ws")) {
            JsonValue error = client.say(message).next(_ -> true).at("error");
            assertThat(error.at("code").integer()).isEqualTo(code);
            assertThat(error.at("msg").text()).startsWith(words);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/ws/btcusdt@trade", "/stream?streams=btcusdt@trade"})
    void a_plain_request_for_a_stream_is_refused(String path) {
        try (var client = new FacadeClient(gateway.port(), "/compat/binance")) {
            assertThat(client.get(path).body()).startsWith("{\"code\":-1130,");
        }
    }
}
