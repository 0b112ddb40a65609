package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five times the load that the gateway can serve, for some seconds; {@code bench/measure.py overload} does it for a
 * minute and records the results. The bounds are wide: they hold on a busy machine, and a gateway that collapses misses
 * them by far.
 */
@Tag("alone")
class OverloadRecoveryTest {
    /** Four permits at 40 ms per call. */
    private static final int CAPACITY = 100;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger sent = new AtomicInteger();

    /**
     * The outcome of requests sent at a constant rate: latencies of successful responses, and how many requests were
     * rejected.
     */
    private record Load(List<Duration> accepted, int rejected, int other) {
        Duration slowest() {
            return accepted.stream().max(Duration::compareTo).orElseThrow();
        }
    }

    private Load load(int port, int perSecond, int seconds) {
        var accepted = new ConcurrentLinkedQueue<Duration>();
        var rejected = new AtomicInteger();
        var other = new AtomicInteger();
        var pending = new ConcurrentLinkedQueue<java.util.concurrent.CompletableFuture<?>>();
        long start = System.nanoTime();
        for (int i = 0; i < perSecond * seconds; i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Instant at = Instant.parse("2024-01-02T00:00:00Z").plusSeconds(sent.incrementAndGet());
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/api/v1/data/mock/BTC-USDT?at=" + at))
                    .build();
            long begun = System.nanoTime();
            pending.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .handle((response, failed) -> {
                        if (response != null && response.statusCode() == 200) {
                            accepted.add(Duration.ofNanos(System.nanoTime() - begun));
                        } else if (response != null
                                && response.statusCode() == 503
                                && response.headers().firstValue("Retry-After").isPresent()) {
                            rejected.incrementAndGet();
                        } else {
                            other.incrementAndGet();
                        }
                        return null;
                    }));
        }
        pending.forEach(java.util.concurrent.CompletableFuture::join);
        return new Load(List.copyOf(accepted), rejected.get(), other.get());
    }

    @Test
    void keeps_its_throughput_at_five_times_its_capacity_and_recovers_soon_afterwards() throws Exception {
        try (var gateway = TestGateway.with(folder, "QOS_PERMITS", "4", "MOCK_LATENCY", "40ms", "QOS_QUEUE", "100")) {
            load(gateway.port(), CAPACITY / 2, 1);
            Load over = load(gateway.port(), 5 * CAPACITY, 5);
            assertThat(over.accepted())
                    .as("successful requests, out of a capacity of about 500")
                    .hasSizeGreaterThan(250);
            assertThat(over.rejected()).isGreaterThan(500);
            assertThat(over.other())
                    .as("neither succeeded nor rejected with Retry-After")
                    .isZero();
            assertThat(over.slowest())
                    .as("a queue timeout of one second, plus the work")
                    .isLessThan(Duration.ofSeconds(5));

            Instant end = Instant.now().plusSeconds(30);
            Load after = load(gateway.port(), CAPACITY / 4, 1);
            while (after.rejected() > 0 && Instant.now().isBefore(end)) {
                after = load(gateway.port(), CAPACITY / 4, 1);
            }
            assertThat(after.rejected()).as("rejected after the overload").isZero();
            assertThat(gateway.counter("request", "qos", "running_high")).isZero();
            assertThat(gateway.counter("request", "qos", "waiting_high")).isZero();
        } finally {
            client.close();
        }
    }
}
