package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.http.HttpLimitsBuilder;
import io.marketbrain.http.RawClient;
import io.marketbrain.model.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API and the server in front of it, together. */
@Timeout(60)
class EdgeTest {
    private final ApiFixture fixture = new ApiFixture(ApiFixture.SAMPLES);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void a_rejection_is_a_problem_document_with_a_call_id() throws Exception {
        try (RawClient wire = new RawClient(fixture.port())) {
            RawClient.Answer answer = wire.get("/health/../api/v1/status").answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers())
                    .containsEntry("content-type", "application/problem+json")
                    .containsEntry("connection", "close")
                    .containsEntry("cache-control", "no-store")
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsKey("x-request-id");
            assertThat(answer.body())
                    .contains("\"type\":\"/problems/malformed-request\"", "\"success\":false")
                    .contains("\"call_id\":\"" + answer.headers().get("x-request-id") + "\"");
        }
    }

    @Test
    void an_encoded_slash_stays_inside_its_segment() throws Exception {
        try (RawClient wire = new RawClient(fixture.port())) {
            RawClient.Answer answer =
                    wire.get("/api/v1/data/exchange/BTC%2FUSDT").answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("BTC/USDT");
            assertThat(wire.get("/api%2Fv1/status").answer().status()).isEqualTo(404);
            assertThat(wire.get("/api/v1/data/exchange/%252e%252e").answer().status())
                    .isBetween(400, 499);
        }
    }

    @Test
    void a_request_over_the_limit_gets_retry_after_while_probes_are_served() throws Exception {
        var working = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        fixture.source = (query, call) -> {
            working.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Outcome.success(ApiSamples.answer(query));
        };
        var limits = new HttpLimitsBuilder();
        limits.maxRequests = 1;
        var config = new ServerConfig("127.0.0.1", 0, limits.build());
        try (var edge = new Edge(config, fixture.api, System::nanoTime, InstantSource.fixed(ApiSamples.NOW));
                RawClient first = new RawClient(edge.port());
                RawClient second = new RawClient(edge.port())) {
            first.get("/api/v1/data/exchange/BTCUSDT");
            working.await();
            RawClient.Answer refused = second.get("/api/v1/providers").answer();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsEntry("retry-after", "1").doesNotContainKey("connection");
            assertThat(refused.body()).contains("/problems/overloaded");
            for (String probe : new String[] {"/health", "/health/live", "/health/ready"}) {
                assertThat(second.get(probe).answer().status()).isEqualTo(200);
            }
            release.countDown();
            assertThat(first.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void an_unusable_listen_address_is_named_in_the_error() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = new ServerConfig("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> new Edge(config, fixture.api, System::nanoTime, InstantSource.system()))
                    .isInstanceOfSatisfying(
                            BindFailure.class, e -> assertThat(e.portTaken()).isTrue())
                    .hasMessageContaining("port " + taken.getLocalPort() + " is already in use on 127.0.0.1");
        }
        assertThatThrownBy(() -> new Edge(
                        new ServerConfig("192.0.2.1", 0), fixture.api, System::nanoTime, InstantSource.system()))
                .isInstanceOfSatisfying(
                        BindFailure.class, e -> assertThat(e.portTaken()).isFalse())
                .hasMessageContaining("cannot listen on 192.0.2.1");
    }
}
