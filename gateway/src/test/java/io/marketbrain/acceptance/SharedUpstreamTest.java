package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractDocument;
import io.marketbrain.http.WebSocketClient;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.WebSocketAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What many clients cost a provider. */
@Timeout(90)
class SharedUpstreamTest {
    private static final int CLIENTS = 30;
    private static final int SYMBOLS = 50;
    /** Binance's weight of a book of up to 1000 levels. */
    private static final int BOOK_WEIGHT = 50;

    @TempDir
    Path folder;

    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> subscribed = new ConcurrentLinkedQueue<>();

    /** Sends a quote of every symbol that is subscribed to. */
    private void feed(WebSocketAnswer.Peer peer) throws IOException {
        connections.incrementAndGet();
        while (true) {
            for (JsonNode stream :
                    ContractDocument.JSON.readTree(peer.receive()).get("params")) {
                subscribed.add(stream.asString());
                String symbol = stream.asString().replace("@ticker", "").toUpperCase(Locale.ROOT);
                peer.send("{\"stream\":\"" + stream.asString()
                        + "\",\"data\":{\"e\":\"24hrTicker\",\"E\":1783465157897,"
                        + "\"s\":\"" + symbol + "\",\"c\":\"5.1\",\"Q\":\"1\",\"b\":\"5.0\",\"B\":\"1\",\"a\":\"5.2\","
                        + "\"A\":\"1\",\"o\":\"5\",\"h\":\"6\",\"l\":\"4\",\"v\":\"9\",\"q\":\"45\","
                        + "\"C\":1783465157897}}");
            }
        }
    }

    @Test
    void thirty_clients_cost_the_provider_as_much_as_one() throws Exception {
        try (var upstream = PlaybackServer.start()
                        .on("/stream", new WebSocketAnswer(this::feed))
                        .on(
                                "/api/v3/depth",
                                PlaybackServer.json(
                                        "{\"lastUpdateId\":1,\"bids\":[[\"5.0\",\"1\"]],\"asks\":[[\"5.2\",\"1\"]]}"));
                var gateway = TestGateway.with(
                        folder,
                        "BINANCE_MODE",
                        "live",
                        "BINANCE_BASE_URL",
                        upstream.url().toString())) {
            List<WebSocketClient> clients = new ArrayList<>();
            clients.add(listening(gateway));
            int ofOne = weight(upstream);
            for (int i = 1; i < CLIENTS; i++) {
                clients.add(listening(gateway));
            }
            assertThat(gateway.counter("stream", "sharing", "clients")).isEqualTo(CLIENTS);
            assertThat(connections).hasValue(1);
            assertThat(subscribed).hasSize(SYMBOLS).doesNotHaveDuplicates();
            assertThat(weight(upstream)).isLessThanOrEqualTo(ofOne * 11 / 10);
            for (WebSocketClient client : clients) {
                client.close();
            }
        }
    }

    private static int weight(PlaybackServer upstream) {
        return upstream.asked("/api/v3/depth").size() * BOOK_WEIGHT;
    }

    /** A client that has a first state of every symbol: quotes from the feed, deep books, which no feed has, from polls. */
    private static WebSocketClient listening(TestGateway gateway) throws IOException {
        WebSocketClient client = WebSocketClient.open(gateway.port(), "/ws");
        List<String> symbols = new ArrayList<>();
        for (int i = 0; i < SYMBOLS; i++) {
            symbols.add("\"binance:C" + (char) ('A' + i / 10) + (char) ('A' + i % 10) + "USDT\"");
        }
        client.text("{\"op\":\"subscribe\",\"kinds\":[\"quote\"],\"symbols\":[" + String.join(",", symbols) + "]}");
        client.text("{\"op\":\"subscribe\",\"kinds\":[\"book:1000\"],\"symbols\":["
                + String.join(",", symbols.subList(0, 10)) + "]}");
        Set<String> got = new HashSet<>();
        while (got.size() < SYMBOLS + 10) {
            JsonNode message = ContractDocument.JSON.readTree(client.next().text());
            assertThat(message.get("type").asString()).as(message.toString()).isNotEqualTo("error");
            if (message.get("type").asString().equals("snapshot")) {
                got.add(message.get("kind").asString()
                        + message.get("instrument").asString());
            }
        }
        return client;
    }
}
