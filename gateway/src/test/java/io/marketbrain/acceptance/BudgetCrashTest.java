package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.provider.PlaybackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Budgets are exact under crashes: a thousand concurrent clients, two gateway processes that share one budget and are
 * killed with SIGKILL and restarted at random moments, and an upstream on a socket that counts the requests it
 * receives.
 */
class BudgetCrashTest {
    private static final String BODY = """
            {"symbol":"%s","lastPrice":"1.0","bidPrice":"1.0","bidQty":"1.0","askPrice":"1.1","askQty":"2.0",
             "openPrice":"1.0","highPrice":"1.0","lowPrice":"1.0","volume":"1.0","quoteVolume":"1.0",
             "openTime":1700000000000,"closeTime":1700086400000,"firstId":1,"lastId":2,"count":2}""";
    private static final int CLIENTS = 1000;
    private static final int BUDGET = 1000;
    private static final int BLOCK = BUDGET / 100;
    /**
     * The number of connections to Binance: this many calls can be charged but not yet sent when a gateway is killed.
     */
    private static final int MAX_IN_FLIGHT = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final AtomicLong upstreamCalls = new AtomicLong();
    private final AtomicInteger names = new AtomicInteger();
    private final CopyOnWriteArrayList<SpendingGateway> gateways = new CopyOnWriteArrayList<>();
    private final PlaybackServer upstream = PlaybackServer.start();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();
    private @Nullable RedisServer redis;
    private volatile boolean done;

    @AfterEach
    void stop() {
        done = true;
        gateways.forEach(SpendingGateway::kill);
        client.shutdownNow();
        threads.shutdownNow();
        upstream.close();
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void spends_exactly_the_budget_despite_kills_without_redis() throws Exception {
        assertThat(lostToCrashes(1, 2)).isBetween(0L, 2L * (BLOCK + MAX_IN_FLIGHT));
    }

    @Test
    void spends_exactly_the_budget_despite_kills_with_redis() throws Exception {
        startRedis();
        assertThat(lostToCrashes(2, 2)).isBetween(0L, 2L * (BLOCK + MAX_IN_FLIGHT));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {11, 12, 13, 14, 15, 16, 17, 18})
    void spends_exactly_the_budget_repeatedly_without_redis(int seed) throws Exception {
        assertThat(lostToCrashes(seed, 8)).isBetween(0L, 8L * (BLOCK + MAX_IN_FLIGHT));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {21, 22, 23, 24, 25, 26, 27, 28})
    void spends_exactly_the_budget_repeatedly_with_redis(int seed) throws Exception {
        startRedis();
        assertThat(lostToCrashes(seed, 8)).isBetween(0L, 8L * (BLOCK + MAX_IN_FLIGHT));
    }

    @Tag("slow")
    @Test
    void spends_no_more_than_the_budget_when_redis_loses_its_data() throws Exception {
        startRedis();
        start("a");
        start("b");
        startClients();
        awaitCalls(BUDGET / 2);
        redis.kill();
        gateways.getFirst().kill();
        gateways.removeFirst();
        redis.start("--appendonly", "no", "--dir", folder.toString());
        start("a");
        awaitRejections("is closed until");
        assertThat(upstreamCalls.get()).isBetween(BUDGET / 2L, (long) BUDGET);
    }

    private void startRedis() {
        assumeThat(RedisServer.isInstalled()).isTrue();
        redis = RedisServer.started("--appendonly", "yes");
    }

    /** With Redis each gateway has its own state folder, without it they share one. */
    private void start(String name) throws IOException {
        RedisServer shared = redis;
        Path state = folder.resolve(shared == null ? "shared" : name);
        gateways.add(SpendingGateway.start(upstream.url(), state, BUDGET, shared == null ? "" : shared.url()));
    }

    /**
     * Spends the whole budget while gateways are killed the given number of times; returns how many charged calls never
     * reached the upstream.
     */
    private long lostToCrashes(int seed, int kills) throws Exception {
        var random = new Random(seed);
        start("a");
        start("b");
        startClients();
        for (int kill = 1; kill <= kills; kill++) {
            awaitCalls((long) BUDGET * kill / (kills + 2) + random.nextInt(BLOCK));
            int victim = random.nextInt(2);
            gateways.remove(victim).kill();
            disruptRedis(kill, random);
            start("c" + kill);
            assertThat(upstreamCalls.get()).isLessThanOrEqualTo(BUDGET);
        }
        awaitRejections("/problems/budget-exhausted");
        long lost = BUDGET - upstreamCalls.get();
        System.out.println("budget " + BUDGET + ", " + CLIENTS + " clients, " + kills + " kills"
                + (redis == null ? "" : " and Redis killed or frozen each time") + ": " + upstreamCalls.get()
                + " calls upstream, " + lost + " lost");
        return lost;
    }

    /** Disrupts Redis while a gateway is down: kills and restarts it, or freezes it. */
    private void disruptRedis(int kill, Random random) throws InterruptedException {
        RedisServer shared = redis;
        if (shared == null) {
            return;
        }
        if (kill % 2 == 1) {
            shared.freeze();
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(500));
            shared.thaw();
        } else {
            shared.kill();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
            shared.start("--appendonly", "yes");
        }
    }

    /** Starts a thousand clients that keep sending requests, for different symbols so that no cache answers them. */
    private void startClients() {
        upstream.on("/api/v3/ticker/24hr", (request, line) -> {
            upstreamCalls.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(30);
            PlaybackServer.json(BODY.replace("%s", request.parameters().get("symbol")))
                    .send(request, line);
        });
        for (int i = 0; i < CLIENTS; i++) {
            var random = new Random(i);
            threads.execute(() -> {
                while (!done) {
                    try {
                        int status = status(gateways.get(random.nextInt(gateways.size())));
                        TimeUnit.MILLISECONDS.sleep(status == 200 ? 1 : 500 + random.nextInt(500));
                    } catch (IOException | IndexOutOfBoundsException e) {
                        // The gateway was killed while it responded, or has not started yet.
                        sleepBriefly();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
        }
    }

    private static void sleepBriefly() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int status(SpendingGateway gateway) throws IOException, InterruptedException {
        return get(gateway).statusCode();
    }

    private HttpResponse<String> get(SpendingGateway gateway) throws IOException, InterruptedException {
        URI uri = gateway.quote(
                "A" + Integer.toString(names.incrementAndGet(), 36).toUpperCase(Locale.ROOT));
        return client.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void awaitCalls(long calls) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (upstreamCalls.get() < calls) {
            assertThat(System.nanoTime()).as("calls: " + upstreamCalls).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** Waits until every gateway keeps rejecting requests because the budget is spent. */
    private void awaitRejections(String words) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int inARow = 0;
        String last = "";
        while (inARow < 5 * gateways.size()) {
            assertThat(System.nanoTime())
                    .as("calls: " + upstreamCalls + ", last " + last)
                    .isLessThan(end);
            try {
                last = get(gateways.get(inARow % gateways.size())).body();
                boolean refused = last.contains(words) && !last.contains("store is unavailable");
                inARow = refused ? inARow + 1 : 0;
                if (!refused) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            } catch (IOException e) {
                inARow = 0;
            }
        }
    }
}
