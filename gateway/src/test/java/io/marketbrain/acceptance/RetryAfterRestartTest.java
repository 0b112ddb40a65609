package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A provider's {@code Retry-After} also applies to the next process, whether the previous one was stopped or killed.
 */
class RetryAfterRestartTest {
    private static final long WINDOW_SECONDS = 7;

    @TempDir
    Path folder;

    private final Queue<Long> calls = new ConcurrentLinkedQueue<>();
    private int names;

    @Test
    void makes_no_call_inside_the_window_across_kills_and_restarts() throws Exception {
        try (var upstream = PlaybackServer.start();
                var client = HttpClient.newHttpClient()) {
            upstream.on("/api/v3/ticker/24hr", (_, line) -> {
                calls.add(System.nanoTime());
                line.write(("HTTP/1.1 429 Too Many Requests\r\nRetry-After: " + WINDOW_SECONDS
                                + "\r\nContent-Length: 2\r\n\r\n{}")
                        .getBytes(StandardCharsets.US_ASCII));
            });
            SpendingGateway gateway = SpendingGateway.start(upstream.url(), folder, 1000, "");
            try {
                assertThat(send(client, gateway)).isEqualTo(429);
                assertThat(calls).hasSize(1);
                long end = calls.element() + Duration.ofSeconds(WINDOW_SECONDS).toNanos();
                int processes = 1;
                int e = 0;
                gateway.kill();
                while (System.nanoTime() < end - Duration.ofMillis(500).toNanos()) {
                    gateway = SpendingGateway.start(upstream.url(), folder, 1000, "");
                    processes++;
                    for (int i = 0;
                            i < 20
                                    && System.nanoTime()
                                            < end - Duration.ofMillis(500).toNanos();
                            i++) {
                        assertThat(send(client, gateway)).isEqualTo(429);
                        e++;
                    }
                    if (processes % 2 == 0) {
                        gateway.kill();
                    } else {
                        gateway.stop();
                    }
                }
                assertThat(processes).isGreaterThan(1);
                assertThat(e).isPositive();
                gateway = SpendingGateway.start(upstream.url(), folder, 1000, "");
                while (calls.size() == 1) {
                    send(client, gateway);
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                assertThat(calls.stream().skip(1)).allMatch(call -> call - end >= -50_000_000L);
            } finally {
                gateway.kill();
            }
        }
    }

    private int send(HttpClient client, SpendingGateway gateway) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway.quote("A" + names++))
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
