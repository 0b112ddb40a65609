package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.marketbrain.http.RawClient;
import io.marketbrain.pipeline.cache.StallMonitor;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.provider.PlaybackServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway process with a small heap, mock or live, whose Redis sends garbage or falls silent. */
@Timeout(300)
class HostileRedisTest {
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final int LINES_PER_FAULT = 12;

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private int asked;

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Map<String, String> environment(String redis, boolean live) {
        var environment = new HashMap<String, String>();
        environment.put("REDIS_URL", redis);
        environment.put("CACHE_L1_TTL", "60s");
        // So that no request is rejected on a busy machine.
        environment.put("QOS_QUEUE_TIMEOUT", "20s");
        environment.put("API_TIMEOUT", "30s");
        if (live) {
            upstream.on(
                    TICKER,
                    (request, line) -> PlaybackServer.json(
                                    ticker(request.parameters().get("symbol")))
                            .send(request, line));
            environment.put("BINANCE_MODE", "live");
            environment.put("BINANCE_BASE_URL", upstream.url().toString());
        }
        return environment;
    }

    private static byte[] ticker(String symbol) {
        return """
                {"symbol":"%s","priceChange":"1.0","priceChangePercent":"0.1","weightedAvgPrice":"7.0",
                 "prevClosePrice":"7.0","lastPrice":"7.25","lastQty":"0.1","bidPrice":"7.24","bidQty":"1.0",
                 "askPrice":"7.26","askQty":"2.0","openPrice":"7.0","highPrice":"7.5","lowPrice":"7.0",
                 "volume":"1234.5","quoteVolume":"61000000.0","openTime":1700000000000,"closeTime":1700086400000,
                 "firstId":1,"lastId":2,"count":2}""".formatted(symbol).getBytes(StandardCharsets.UTF_8);
    }

    /** The path of an instrument that was not requested before. */
    private String next() {
        return "/api/v1/data/binance/N" + asked++ + "USDT";
    }

    private void assertAllAnswered(String how, GatewayProcess gateway, int requests) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RawClient.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                String path = next();
                answers.add(threads.submit(() -> gateway.get(path)));
            }
            for (Future<RawClient.Answer> answer : answers) {
                assertThat(answer.get().status())
                        .as("%s: %s%n%s", how, answer.get().body(), gateway.output())
                        .isEqualTo(200);
            }
        }
    }

    private static void awaitDegraded(String how, GatewayProcess gateway) throws Exception {
        String health = "";
        for (int i = 0; i < 600; i++) {
            health = gateway.get("/health").body();
            if (health.contains("degraded") && health.contains("redis is ")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError(how + ": " + health);
    }

    @ParameterizedTest(name = "live: {0}")
    @ValueSource(booleans = {false, true})
    void no_bytes_from_redis_end_the_gateway_or_fail_a_request(boolean live) throws Exception {
        assumeThat(RedisServer.isInstalled()).isTrue();
        try (var real = RedisServer.started();
                var redis = HostileRedis.before(real)) {
            Map<String, String> environment = environment(redis.url(), live);
            environment.put("REDIS_PROBE_MIN", "50ms");
            environment.put("REDIS_PROBE_MAX", "200ms");
            environment.put("REDIS_REFUSED_PROBE", "200ms");
            try (var gateway = GatewayProcess.start(folder, environment, "-Xmx64m")) {
                for (RedisGarbage garbage : RedisGarbage.values()) {
                    gateway.awaitUp(true);
                    assertAllAnswered("before " + garbage, gateway, 1);
                    for (Set<String> commands : List.of(HostileRedis.SCRIPTS, HostileRedis.ALL)) {
                        redis.reply(garbage, commands);
                        assertAllAnswered(garbage + " in reply to " + commands, gateway, 8);
                    }
                    if (garbage.isFault()) {
                        awaitDegraded(garbage.name(), gateway);
                    }
                    assertAllAnswered(garbage + ", and degraded", gateway, 2);
                    redis.behave();
                }
                gateway.awaitUp(true);
                assertThat(gateway.isAlive()).isTrue();
                assertThat(gateway.metric("marketbrain_cache_redis_invalid_replies_total"))
                        .isPositive();
                assertThat(gateway.output().lines().toList())
                        .hasSizeLessThan(LINES_PER_FAULT * RedisGarbage.values().length)
                        .noneMatch(line -> line.contains("OutOfMemoryError") || line.contains("StackOverflowError"));
            }
        }
    }

    @Test
    void no_live_request_waits_for_a_redis_that_fell_silent() throws Exception {
        assumeThat(RedisServer.isInstalled()).isTrue();
        try (var redis = RedisServer.started();
                var gateway = GatewayProcess.start(folder, environment(redis.url(), true))) {
            gateway.awaitUp(true);
            for (int i = 0; i < 25; i++) {
                assertAllAnswered("before", gateway, 8);
            }
            redis.freeze();
            long start = System.nanoTime();
            while (System.nanoTime() - start < Duration.ofSeconds(8).toNanos()) {
                String path = next();
                try (var stalls = new StallMonitor()) {
                    long sent = System.nanoTime();
                    assertThat(gateway.get(path).status()).isEqualTo(200);
                    assertThat(Duration.ofNanos(System.nanoTime() - sent))
                            .as("%s after %d ms", path, (sent - start) / 1_000_000)
                            .isLessThan(
                                    Duration.ofSeconds(1).plus(stalls.worst().multipliedBy(3)));
                }
                Thread.sleep(10); // stays below the provider's rate limit on a fast machine
            }
            redis.thaw();
            gateway.awaitUp(true);
        }
    }
}
