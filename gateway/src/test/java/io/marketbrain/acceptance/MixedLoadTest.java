package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.RawClient;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.security.KeyRing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Interactive requests and background work in one gateway: who is served first, and how permits are returned.
 * Independent of timing.
 */
@Tag("alone")
@Timeout(120)
class MixedLoadTest {
    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private final ConcurrentLinkedQueue<String> servedSymbols = new ConcurrentLinkedQueue<>();
    private final Semaphore people = new Semaphore(0);
    private final Semaphore background = new Semaphore(0);
    private final List<RawClient> wires = new ArrayList<>();
    private TestGateway gateway;

    private void start(int permits) {
        gateway = TestGateway.live(
                folder,
                "binance",
                upstream,
                "QOS_PERMITS",
                Integer.toString(permits),
                "QOS_QUEUE_TIMEOUT",
                "60s",
                "WARMING_CONCURRENCY",
                "100",
                "RESILIENCE_TIMEOUT_INITIAL",
                "30s",
                "RESILIENCE_TIMEOUT_MAX",
                "30s");
    }

    @BeforeEach
    void serve() {
        upstream.on("/api/v3/ticker/24hr", (request, line) -> {
            String symbol = request.parameters().get("symbol");
            servedSymbols.add(symbol);
            (symbol.startsWith("LOW") ? background : people).acquire();
            PlaybackServer.json("""
                {"symbol":"%s","lastPrice":"1.0","bidPrice":"1.0","bidQty":"1.0","askPrice":"1.1",
                 "askQty":"2.0","openPrice":"1.0","highPrice":"1.0","lowPrice":"1.0","volume":"1.0",
                 "quoteVolume":"1.0","openTime":1700000000000,"closeTime":1700086400000,"firstId":1,
                 "lastId":2,"count":2}\
                """.formatted(symbol)).send(request, line);
        });
    }

    @AfterEach
    void stop() throws Exception {
        people.release(10_000);
        background.release(10_000);
        for (RawClient wire : wires) {
            wire.close();
        }
        gateway.close();
        upstream.close();
    }

    private void sendRequests(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            sendRequests("P" + i, "");
        }
    }

    private void sendRequests(String base, String header) throws Exception {
        RawClient wire = new RawClient(gateway.port());
        wires.add(wire);
        wire.send("GET /api/v1/data/binance/" + base + "/USDT?timeout=60 HTTP/1.1\r\nHost: localhost\r\n" + header
                + "\r\n");
    }

    private void queueBackgroundWork(int jobs) {
        for (int from = 0; from < jobs; from += 50) {
            String symbols = IntStream.range(from, from + 50)
                    .mapToObj(i -> "binance:LOW" + i + "/USDT")
                    .collect(Collectors.joining(","));
            assertThat(gateway.client
                            .send("POST", "/api/v1/background/warm-cache?symbols=" + symbols)
                            .status())
                    .isEqualTo(202);
        }
    }

    private void awaitCalls(int calls) throws InterruptedException {
        for (int i = 0; i < 3000 && servedSymbols.size() < calls; i++) {
            Thread.sleep(10);
        }
        assertThat(servedSymbols).hasSize(calls);
    }

    private long interactive() {
        return servedSymbols.stream().filter(symbol -> symbol.startsWith("P")).count();
    }

    @Test
    void interactive_requests_get_permits_despite_queued_background_work_which_still_completes() throws Exception {
        start(20);
        queueBackgroundWork(200);
        gateway.until("request", "qos", "running_low", 4);
        gateway.until("request", "qos", "waiting_low", 96);
        awaitCalls(1); // background work may use a fifth of the provider's eight connections

        sendRequests(0, 7);
        awaitCalls(8);
        assertThat(interactive()).isEqualTo(7);

        sendRequests(7, 12);
        gateway.until("binance", "bulkhead", "waiting_high", 5);
        for (int i = 0; i < 5; i++) {
            (i == 0 ? background : people).release();
            awaitCalls(9 + i);
        }
        assertThat(interactive())
                .as("every freed permit went to an interactive request")
                .isEqualTo(12);
        assertThat(gateway.counter("request", "qos", "shed")).isZero();

        people.release(1000);
        for (RawClient wire : wires) {
            assertThat(wire.answer().status()).isEqualTo(200);
        }
        background.release(1000);
        gateway.until("request", "qos", "admitted_low", 200);
        gateway.until("request", "qos", "running_low", 0);
        assertThat(servedSymbols).hasSize(212);
    }

    /** With plain FIFO or LIFO order the second request of the modest caller would come in the middle. */
    @Test
    void a_caller_with_many_requests_does_not_starve_others() throws Exception {
        start(5);
        String greedy = key("greedy");
        String modest = key("modest");
        for (int i = 0; i < 8; i++) {
            sendRequests("G" + i, greedy);
        }
        gateway.until("request", "qos", "running_high", 4);
        gateway.until("request", "qos", "waiting_high", 4);
        awaitCalls(4);
        sendRequests("M0", modest);
        awaitCalls(5);
        sendRequests("M1", modest);
        gateway.until("request", "qos", "waiting_high", 5);
        for (int i = 8; i < 12; i++) {
            sendRequests("G" + i, greedy);
        }
        gateway.until("request", "qos", "waiting_high", 9);

        people.release();
        awaitCalls(6);
        assertThat(servedSymbols.stream().skip(4)).containsExactly("M0USDT", "M1USDT");

        people.release(100);
        for (RawClient wire : wires) {
            assertThat(wire.answer().status()).isEqualTo(200);
        }
    }

    private String key(String name) {
        String key = new KeyRing(folder.resolve("state/keys")).create(name, false, Instant.EPOCH, new SecureRandom());
        return "X-API-Key: " + key + "\r\n";
    }

    @Test
    void clients_that_disconnect_release_their_permits_and_queue_slots() throws Exception {
        start(20);
        sendRequests(0, 30);
        gateway.until("request", "qos", "running_high", 20);
        gateway.until("request", "qos", "waiting_high", 10);
        for (RawClient wire : wires) {
            wire.close();
        }
        gateway.until("request", "qos", "waiting_high", 0);
        gateway.until("request", "qos", "running_high", 0);
    }
}
