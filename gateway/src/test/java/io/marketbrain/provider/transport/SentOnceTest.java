package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A request that may cost money is sent once. In a process of its own, as the gateway is: the HTTP client reads how often
 * it may repeat a request when it is first used, and in the tests' process others use it first.
 */
@Timeout(120)
class SentOnceTest {

    @Test
    void a_request_is_sent_once_even_when_a_kept_connection_breaks() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SentOnceTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines()).containsExactly("Success", "Failed", "1");
    }

    /** Asks twice over one connection, which the server drops instead of answering the second time. */
    public static void main(String[] args) {
        try (var server = PlaybackServer.start();
                var connections = new HttpConnections(TransportConfig.defaults())) {
            server.on("/keep", PlaybackServer.json("{}")).on("/drop", PlaybackServer.hangUp());
            var config =
                    new ProviderConfig(WantedMode.LIVE, Optional.empty(), Optional.empty(), Optional.of(server.url()));
            var transport =
                    new HttpTransport(DescriptorReader.builtIn("binance"), config, connections, InstantSource.system());
            for (String path : List.of("/keep", "/drop")) {
                System.out.println(transport
                        .exchange(ProviderRequest.get(path), TestCalls.patient())
                        .getClass()
                        .getSimpleName());
            }
            System.out.println(server.asked("/drop").size());
        }
    }
}
