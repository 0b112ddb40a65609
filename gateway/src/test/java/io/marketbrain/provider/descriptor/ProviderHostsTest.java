package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.provider.transport.HttpConnections;
import io.marketbrain.provider.transport.HttpTransport;
import io.marketbrain.provider.transport.TransportConfig;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several hosts of one provider, over real sockets. */
class ProviderHostsTest {
    private static final String BODY = "{}";

    private final PlaybackServer first = PlaybackServer.start();
    private final PlaybackServer second = PlaybackServer.start();
    private final HttpConnections connections = new HttpConnections(TransportConfig.defaults());

    @AfterEach
    void stop() {
        connections.close();
        first.close();
        second.close();
    }

    @Test
    void a_request_goes_to_the_host_that_it_names() {
        first.on("/p", PlaybackServer.json(BODY));
        second.on("/p", PlaybackServer.json(BODY));
        var transport = transport("\"main\": \"" + first.url() + "\", \"data\": \"" + second.url() + "\"");
        transport.exchange(ProviderRequest.get("/p"), TestCalls.patient());
        assertThat(first.asked()).hasSize(1);
        assertThat(second.asked()).isEmpty();
        transport.exchange(ProviderRequest.get("/p").to("data"), TestCalls.patient());
        assertThat(first.asked()).hasSize(1);
        assertThat(second.asked()).hasSize(1);
        assertThatThrownBy(() -> transport.exchange(ProviderRequest.get("/p").to("nowhere"), TestCalls.patient()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("acme has no host nowhere");
    }

    @Test
    void an_address_that_accepts_no_connection_is_replaced_at_once_and_from_then_on() {
        second.on("/p", PlaybackServer.json(BODY));
        var transport = transport("\"main\": [\"" + closed() + "\", \"" + second.url() + "\"]");
        for (int i = 1; i <= 3; i++) {
            assertThat(transport.exchange(post(), TestCalls.patient())).isInstanceOf(Outcome.Success.class);
            assertThat(second.asked()).hasSize(i);
        }
    }

    @Test
    void a_request_that_may_have_arrived_is_not_sent_to_another_address_but_the_next_one_is() {
        first.on("/p", PlaybackServer.hangUp());
        second.on("/p", PlaybackServer.json(BODY));
        var transport = transport("\"main\": [\"" + first.url() + "\", \"" + second.url() + "\"]");
        Outcome<RawPayload> outcome = transport.exchange(ProviderRequest.get("/p"), TestCalls.patient());
        assertThat(((Outcome.Failed<RawPayload>) outcome).failure())
                .isInstanceOfSatisfying(
                        Failure.Unreachable.class,
                        failure -> assertThat(failure.sent()).isTrue());
        assertThat(first.asked()).hasSize(1);
        assertThat(second.asked()).isEmpty();
        assertThat(transport.exchange(ProviderRequest.get("/p"), TestCalls.patient()))
                .isInstanceOf(Outcome.Success.class);
        assertThat(first.asked()).hasSize(1);
    }

    @Test
    void an_address_that_is_too_slow_is_left_for_the_next_request() {
        first.on("/p", PlaybackServer.hang());
        second.on("/p", PlaybackServer.json(BODY));
        var transport = transport("\"main\": [\"" + first.url() + "\", \"" + second.url() + "\"]");
        transport.exchange(ProviderRequest.get("/p"), TestCalls.within(Duration.ofMillis(300)));
        assertThat(transport.exchange(ProviderRequest.get("/p"), TestCalls.patient()))
                .isInstanceOf(Outcome.Success.class);
        assertThat(second.asked()).hasSize(1);
    }

    @Test
    void where_no_address_accepts_a_connection_each_is_tried_once() {
        var transport = transport("\"main\": [\"" + closed() + "\", \"" + closed() + "\"]");
        assertThat(transport.exchange(ProviderRequest.get("/p"), TestCalls.patient()))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void the_owners_base_url_stands_for_every_host() {
        first.on("/p", PlaybackServer.json(BODY));
        var config = new ProviderConfig(
                WantedMode.LIVE, Secret.of("planted-key-1"), Optional.empty(), Optional.of(first.url()));
        var transport = new HttpTransport(
                descriptor("\"main\": \"" + second.url() + "\", \"data\": \"" + second.url() + "\""),
                config,
                connections,
                InstantSource.system());
        transport.exchange(ProviderRequest.get("/p"), TestCalls.patient());
        transport.exchange(ProviderRequest.get("/p").to("data"), TestCalls.patient());
        assertThat(first.asked()).hasSize(2);
        assertThat(second.asked()).isEmpty();
    }

    private static ProviderRequest post() {
        return ProviderRequest.post("/p", RequestBody.json(new LinkedHashMap<>()));
    }

    private HttpTransport transport(String hosts) {
        return new HttpTransport(descriptor(hosts), ProviderConfig.defaults(), connections, InstantSource.system());
    }

    private static Descriptor descriptor(String hosts) {
        return DescriptorReader.read("test.json", """
                {"id": "acme", "name": "Acme", "exchange": "Acme", "hosts": {%s}, "zone": "UTC",
                 "asset_types": ["crypto"], "operations": ["quote"], "limits": {}}
                """.formatted(hosts).getBytes(StandardCharsets.UTF_8));
    }

    /** An address where nothing is listening. */
    private static URI closed() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
