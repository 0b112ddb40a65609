package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateway processes spend one budget while they are killed with SIGKILL and started again at random. */
@Tag("slow")
class BudgetCrashTest {
    private static final String BODY = """
            {"symbol":"%s","lastPrice":"1.0","bidPrice":"1.0","bidQty":"1.0","askPrice":"1.1","askQty":"2.0",
             "openPrice":"1.0","highPrice":"1.0","lowPrice":"1.0","volume":"1.0","quoteVolume":"1.0",
             "openTime":1700000000000,"closeTime":1700086400000,"firstId":1,"lastId":2,"count":2}""";
    private static final int BUDGET = 1000;
    private static final int BLOCK = BUDGET / 100;
    private static final int KILLS = 6;

    @TempDir
    Path state;

    private final AtomicLong upstreamCalls = new AtomicLong();
    private final AtomicInteger names = new AtomicInteger();
    private final List<Running> gateways = new CopyOnWriteArrayList<>();

    /** One gateway process. */
    private record Running(Process process, int port) {
        static Running start(URI upstream, Path state) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.marketbrain.SpendingGateway",
                            upstream.toString(),
                            state.toString(),
                            Integer.toString(BUDGET))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("port ")) {
                    return new Running(process, Integer.parseInt(line.substring(5)));
                }
            }
            throw new IOException("the gateway did not start");
        }
    }

    @Test
    void never_spends_more_than_the_budget_and_loses_a_block_a_crash_at_the_most() throws Exception {
        var random = new Random(7);
        try (var upstream = PlaybackServer.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var client = HttpClient.newBuilder().executor(threads).build()) {
            upstream.on("/api/v3/ticker/24hr", (asked, line) -> {
                upstreamCalls.incrementAndGet();
                String symbol = asked.parameters().get("symbol");
                PlaybackServer.json(BODY.replace("%s", symbol)).send(asked, line);
            });
            gateways.add(Running.start(upstream.url(), state));
            gateways.add(Running.start(upstream.url(), state));
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    ask(client, 120);
                    Running victim = gateways.remove(random.nextInt(gateways.size()));
                    var half = threads.submit(() -> ask(client, 60));
                    Thread.sleep(random.nextInt(80));
                    victim.process().destroyForcibly().waitFor();
                    half.get();
                    gateways.add(Running.start(upstream.url(), state));
                    assertThat(upstreamCalls.get()).isLessThanOrEqualTo(BUDGET);
                }
                String last = "";
                for (int i = 0; i < 30 && !exhausted(last); i++) {
                    ask(client, 200);
                    last = get(client, gateways.getFirst()) + get(client, gateways.getLast());
                }
                assertThat(last).contains("/problems/budget-exhausted").contains("\"policy\":\"calls\"");
            } finally {
                gateways.forEach(gateway -> gateway.process().destroyForcibly());
            }
        }
        assertThat(upstreamCalls.get()).isLessThanOrEqualTo(BUDGET);
        // Each crash may lose the block that was open; calls that were under way count as made though nobody saw them.
        assertThat(upstreamCalls.get()).isGreaterThanOrEqualTo(BUDGET - (long) KILLS * BLOCK - 2L * BLOCK);
    }

    private static boolean exhausted(String answers) {
        return answers.split("/problems/budget-exhausted", -1).length > 2;
    }

    /** So many concurrent clients, each asking once, for different symbols so that no cache answers. */
    private Boolean ask(HttpClient client, int clients) throws Exception {
        var atOnce = new Semaphore(100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                threads.execute(() -> {
                    atOnce.acquireUninterruptibly();
                    try {
                        Running gateway = gateways.get(names.incrementAndGet() % gateways.size());
                        get(client, gateway);
                    } catch (IOException | RuntimeException e) {
                        // The gateway was killed while it answered.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        atOnce.release();
                    }
                });
            }
        }
        return true;
    }

    private String get(HttpClient client, Running gateway) throws IOException, InterruptedException {
        String base = "A" + Integer.toString(names.incrementAndGet(), 36).toUpperCase(java.util.Locale.ROOT);
        URI uri = URI.create("http://127.0.0.1:" + gateway.port() + "/api/v1/data/binance/" + base + "/USDT");
        return client.send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
