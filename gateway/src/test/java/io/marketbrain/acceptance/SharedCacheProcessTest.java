package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.RawClient;
import io.marketbrain.pipeline.cache.StallMonitor;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.provider.PlaybackServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three gateway processes that share one Redis, and an upstream that counts requests. */
@Timeout(180)
class SharedCacheProcessTest {
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final String QUOTE = "/api/v1/data/binance/";

    @TempDir
    Path folder;

    private final RedisServer redis = RedisServer.started();
    private final PlaybackServer upstream = PlaybackServer.start();
    private final AtomicInteger prices = new AtomicInteger();
    private final List<GatewayProcess> gateways = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (GatewayProcess gateway : gateways) {
            gateway.close();
        }
        upstream.close();
        redis.close();
    }

    private void start(Map<String, String> settings) throws Exception {
        var environment = new HashMap<>(settings);
        environment.put("BINANCE_MODE", "live");
        environment.put("BINANCE_BASE_URL", upstream.url().toString());
        environment.put("REDIS_URL", redis.url());
        environment.put("CACHE_L1_TTL", "60s");
        // So that no request is rejected on a busy machine.
        environment.put("QOS_QUEUE_TIMEOUT", "20s");
        environment.put("API_TIMEOUT", "30s");
        for (int i = 0; i < 3; i++) {
            gateways.add(GatewayProcess.start(folder, environment));
        }
        respond(Duration.ZERO);
        for (GatewayProcess gateway : gateways) {
            gateway.awaitUp(true);
            // Warms up: the first request of a process is slow.
            assertThat(gateway.get(QUOTE + "LTCUSDT").status()).isEqualTo(200);
        }
        upstream.forget();
        prices.set(0);
    }

    /** The upstream's n-th response has the price n. */
    private byte[] ticker(String symbol, int price) {
        return """
                {"symbol":"%s","priceChange":"1.0","priceChangePercent":"0.1","weightedAvgPrice":"%2$d.0",
                 "prevClosePrice":"%2$d.0","lastPrice":"%2$d.25","lastQty":"0.1","bidPrice":"%2$d.24","bidQty":"1.0",
                 "askPrice":"%2$d.26","askQty":"2.0","openPrice":"%2$d.0","highPrice":"%2$d.5","lowPrice":"%2$d.0",
                 "volume":"1234.5","quoteVolume":"61000000.0","openTime":1700000000000,"closeTime":1700086400000,
                 "firstId":1,"lastId":2,"count":2}""".formatted(symbol, price).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private void respond(Duration pause) {
        upstream.on(TICKER, (request, line) -> {
            int price = prices.incrementAndGet();
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            PlaybackServer.json(ticker(request.parameters().get("symbol"), price))
                    .send(request, line);
        });
    }

    @Test
    void call_the_provider_once_for_the_same_request_from_clients_of_all_gateways() throws Exception {
        // The timeouts are long, because on a busy machine a late notification would count as an expired lease.
        start(Map.of("CACHE_REDIS_REQUEST_BUDGET", "10s", "CACHE_REDIS_ANNOUNCEMENT_WAIT", "10s"));
        respond(Duration.ofMillis(200));
        var barrier = new CountDownLatch(1);
        List<Future<RawClient.Answer>> responses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (GatewayProcess gateway : gateways) {
                for (int i = 0; i < 90; i++) {
                    String symbol = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT").get(i % 3);
                    responses.add(threads.submit(() -> {
                        barrier.await();
                        return gateway.get(QUOTE + symbol);
                    }));
                }
            }
            barrier.countDown();
            for (Future<RawClient.Answer> one : responses) {
                assertThat(one.get().status()).isEqualTo(200);
            }
        }
        assertThat(upstream.asked(TICKER)).hasSize(3);
    }

    /** The pause is 3 s, or {@code -Dfaults.pause}; the lease is shortened in proportion to the pause. */
    @Test
    void a_paused_lease_holder_blocks_no_other_gateway_and_its_stale_result_replaces_no_newer_one() throws Exception {
        int pause = Integer.getInteger("faults.pause", 3);
        start(Map.of("CACHE_REDIS_LEASE", pause >= 30 ? "10s" : "1s"));
        var held = new CountDownLatch(1);
        var first = new CountDownLatch(1);
        upstream.on(TICKER, (request, line) -> {
            int price = prices.incrementAndGet();
            if (price == 1) {
                first.countDown();
                held.await();
            }
            PlaybackServer.json(ticker(request.parameters().get("symbol"), price))
                    .send(request, line);
        });
        GatewayProcess holder = gateways.get(0);
        GatewayProcess other = gateways.get(1);
        GatewayProcess third = gateways.get(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var stalls = new StallMonitor()) {
            Future<RawClient.Answer> response = threads.submit(() -> holder.get(QUOTE + "BTCUSDT"));
            first.await();
            assertThat(redis.keys("*BTC*:lease")).isNotEmpty();
            holder.pause();
            long start = System.nanoTime();
            assertThat(other.get(QUOTE + "BTCUSDT").body()).contains("\"2.25\"");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThanOrEqualTo(Duration.ofMillis(400 + 150 + 500).plus(stalls.allowance()));
            TimeUnit.SECONDS.sleep(pause);
            holder.resume();
            held.countDown();
            assertThat(response.get().status()).isEqualTo(200);
        }
        awaitStoredResponse(holder);
        assertThat(third.get(QUOTE + "BTCUSDT").body()).doesNotContain("\"1.25\"");
        assertThat(other.get(QUOTE + "BTCUSDT").body()).doesNotContain("\"1.25\"");
    }

    private static void awaitStoredResponse(GatewayProcess gateway) throws IOException, InterruptedException {
        for (int i = 0; i < 200 && gateway.metric("marketbrain_cache_loads_under_way") > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.MILLISECONDS.sleep(200);
    }
}
