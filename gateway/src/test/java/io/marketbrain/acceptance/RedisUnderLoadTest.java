package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.OpenLoopLoad.Sample;
import io.marketbrain.pipeline.cache.StallMonitor;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway process under steady load over HTTP while its Redis is killed, restarted, frozen and resumed: no request
 * fails, none takes longer than the Redis timeout allows, and no burst reaches the providers when Redis is back. Sends
 * a few hundred requests per second; {@code bench/redis-faults} sends 2,000 and records its measurements.
 */
@Tag("alone")
@Timeout(600)
class RedisUnderLoadTest {
    private static final int RATE = Integer.getInteger("redis.load.rate", 300);
    private static final Duration PHASE = Duration.ofSeconds(Integer.getInteger("redis.load.phase", 2));
    private static final Duration FREEZE = Duration.ofSeconds(Integer.getInteger("redis.load.freeze", 2));
    private static final Duration BUDGET = Duration.ofMillis(150);
    private static final Duration BACK_UP = Duration.ofSeconds(10);
    private static final int KNOWN = 100;

    @TempDir
    Path folder;

    private final RedisServer redis = RedisServer.started();
    private final List<Phase> phases = new ArrayList<>();

    @AfterEach
    void stop() {
        redis.close();
    }

    /** A period of time, the provider calls in it, and how long the machine stalled. */
    private record Phase(String name, long from, long until, long loads, Duration stalled) {
        Duration length() {
            return Duration.ofNanos(until - from);
        }
    }

    /** One request in twenty is for a new instrument; the others are for a hundred known instruments. */
    private static String path(int i) {
        return "/api/v1/data/binance/" + (i % 20 == 19 ? "N" + i : "K" + i % KNOWN) + "USDT";
    }

    @Test
    void killing_and_freezing_redis_affects_no_request() throws Exception {
        try (var gateway = GatewayProcess.start(folder, Map.of("REDIS_URL", redis.url(), "CACHE_L1_TTL", "60s"))) {
            gateway.awaitUp(true);
            warm(gateway);
            try (var load = new OpenLoopLoad(gateway.port(), RATE, RedisUnderLoadTest::path)) {
                phase("Redis up", gateway, () -> sleepFor(PHASE));
                phase("killed (kill -9), and gone", gateway, () -> {
                    redis.kill();
                    sleepFor(PHASE);
                });
                Duration afterKill = up("started again, empty", gateway, redis::start);
                phase("frozen (SIGSTOP)", gateway, () -> {
                    redis.freeze();
                    sleepFor(FREEZE);
                });
                Duration afterFreeze = up("thawed (SIGCONT)", gateway, redis::thaw);
                Map<Phase, List<Sample>> samples = byPhase(load.stop());
                report(samples, afterKill, afterFreeze);
                assertNoRequestAffected(samples);
                assertThat(List.of(afterKill, afterFreeze)).allMatch(took -> took.compareTo(BACK_UP) <= 0);
            }
        }
    }

    /** Warms up, so that JIT compilation does not affect the measurements. */
    private static void warm(GatewayProcess gateway) throws Exception {
        try (var load = new OpenLoopLoad(gateway.port(), RATE, RedisUnderLoadTest::path)) {
            sleepFor(PHASE);
            load.stop();
        }
    }

    /** The action of a phase. */
    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    private void phase(String name, GatewayProcess gateway, Action action) throws Exception {
        long loads = loads(gateway);
        long from = System.nanoTime();
        try (var stalls = new StallMonitor()) {
            action.run();
            phases.add(new Phase(name, from, System.nanoTime(), loads(gateway) - loads, stalls.worst()));
        }
    }

    /** Waits until Redis is in use again, then keeps going for a while; returns how long the recovery took. */
    private Duration up(String name, GatewayProcess gateway, Runnable action) throws Exception {
        var took = new Duration[1];
        phase(name, gateway, () -> {
            action.run();
            long start = System.nanoTime();
            gateway.awaitUp(true);
            took[0] = Duration.ofNanos(System.nanoTime() - start);
            sleepFor(PHASE);
        });
        return took[0];
    }

    private static long loads(GatewayProcess gateway) throws IOException, InterruptedException {
        return gateway.metric("marketbrain_cache_loads_total");
    }

    private static void sleepFor(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    private Map<Phase, List<Sample>> byPhase(List<Sample> samples) {
        var all = new TreeMap<Phase, List<Sample>>(java.util.Comparator.comparingLong(Phase::from));
        for (Phase phase : phases) {
            all.put(
                    phase,
                    samples.stream()
                            .filter(s -> s.due() - phase.from >= 0 && s.due() - phase.until < 0)
                            .toList());
        }
        return all;
    }

    private void assertNoRequestAffected(Map<Phase, List<Sample>> samples) {
        long usual = slowest(samples.get(phases.getFirst()));
        samples.forEach((phase, of) -> {
            assertThat(of).as(phase.name).isNotEmpty();
            assertThat(of.stream().map(Sample::fault).filter(fault -> !fault.isEmpty()))
                    .as(phase.name)
                    .isEmpty();
            Duration most = BUDGET.plus(Duration.ofMillis(100)).plusNanos(usual).plus(phase.stalled.multipliedBy(3));
            assertThat(Duration.ofNanos(slowest(of))).as(phase.name).isLessThanOrEqualTo(most);
            // A new instrument costs one call; a known one at most its regular refresh, one call because its entry was
            // uncertain, and one because a stall of the machine delayed Redis.
            assertThat(phase.loads)
                    .as("calls to the provider, %s", phase.name)
                    .isLessThanOrEqualTo(of.size() / 20 + 3L * KNOWN);
        });
    }

    private static long slowest(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::tookNanos).max().orElse(0);
    }

    private void report(Map<Phase, List<Sample>> samples, Duration afterKill, Duration afterFreeze) throws IOException {
        var text = new StringBuilder("| " + RATE + " requests/s | seconds | requests | failed | p50 ms | p99 ms |"
                + " p99.9 ms | slowest ms | over 150 ms | calls to the provider | worst stall of the machine, ms |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|\n");
        samples.forEach((phase, of) -> {
            long[] times = of.stream().mapToLong(Sample::tookNanos).sorted().toArray();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %d | %d | %.1f | %.1f | %.1f | %.1f | %d | %d | %.1f |%n",
                    phase.name,
                    phase.length().toNanos() / 1e9,
                    times.length,
                    of.stream().filter(sample -> !sample.fault().isEmpty()).count(),
                    millis(times, 0.5),
                    millis(times, 0.99),
                    millis(times, 0.999),
                    millis(times, 1),
                    of.stream().filter(s -> s.tookNanos() > BUDGET.toNanos()).count(),
                    phase.loads,
                    phase.stalled.toNanos() / 1e6));
        });
        text.append(String.format(
                Locale.ROOT,
                "%nIn use again %.1f s after the start and %.1f s after SIGCONT.%n",
                afterKill.toNanos() / 1e9,
                afterFreeze.toNanos() / 1e9));
        Files.writeString(Path.of("target", "redis-faults.md"), text);
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (quantile * sorted.length))] / 1e6;
    }
}
