package io.marketbrain.provider.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.provider.recording.RecordingConfig.ReplayTime;
import io.marketbrain.provider.transport.HttpConnections;
import io.marketbrain.provider.transport.HttpTransport;
import io.marketbrain.provider.transport.TransportConfig;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a request carried as credentials is in no file, even if the provider echoes it, and replays without it. */
class RecordedCredentialsTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final String KEY = "planted-key+/=5b1e";
    private static final String SECRET = "planted-secret-9d27";

    @TempDir
    Path folder;

    private final PlaybackServer server = PlaybackServer.start();
    private final HttpConnections connections = new HttpConnections(TransportConfig.defaults());

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"header\", \"name\": \"X-KEY\", \"key_setting\": \"K\"}",
                "{\"type\": \"query\", \"name\": \"apikey\", \"key_setting\": \"K\"}",
                "{\"type\": \"bearer\", \"key_setting\": \"K\"}",
                "{\"type\": \"basic\", \"key_setting\": \"K\", \"secret_setting\": \"S\"}",
                """
                {"type": "hmac", "key_setting": "K", "secret_setting": "S", "key_header": "X-KEY", "signed": ["query"],
                 "signature": {"parameter": "signature"}, "time": {"parameter": "timestamp"}}""",
            })
    void no_credential_that_is_echoed_is_recorded(String authentication) throws Exception {
        server.on("/p", (asked, line) -> {
            String echo = "{\"asked\":\"" + asked.parameters() + asked.headers() + "\",\"price\":1.50}";
            PlaybackServer.reply(
                            200,
                            Map.of("Content-Type", "application/json", "Link", asked.headers() + ""),
                            echo.getBytes(StandardCharsets.UTF_8))
                    .send(asked, line);
        });
        Descriptor descriptor = descriptor(authentication);
        var request = ProviderRequest.get("/p").with("symbol", "AAPL").with("limit", 5);
        try (var writer = new RecordingWriter(
                RecordingConfig.defaults().recordingIn(folder),
                List.of(),
                FileProblems.ofCommand(),
                System::nanoTime)) {
            var config =
                    new ProviderConfig(WantedMode.LIVE, Secret.of(KEY), Secret.of(SECRET), Optional.of(server.url()));
            var transport = new HttpTransport(
                    descriptor,
                    config,
                    connections,
                    InstantSource.fixed(NOW),
                    Optional.of(writer.recorder(descriptor)));
            assertThat(transport.exchange(request, TestCalls.patient())).isInstanceOf(Outcome.Success.class);
        }
        var sent = server.asked().getFirst();
        List<String> texts = texts();
        assertThat(texts).hasSize(2).noneMatch(text -> text.contains("planted"));
        String carried =
                sent.headers().getOrDefault("authorization", sent.parameters().get("signature"));
        if (carried != null) {
            String value = carried.substring(carried.lastIndexOf(' ') + 1);
            assertThat(texts).noneMatch(text -> text.contains(value));
        }
        assertThat(texts).anyMatch(text -> text.contains("REDACTED") && text.endsWith("\"price\":1.50}"));

        var archive = RecordingArchive.open(folder, descriptor);
        var clock = new ReplayClock(archive, ReplayTime.RECORDED, InstantSource.system());
        Outcome<RawPayload> replayed = new ReplayTransport(descriptor, archive, clock)
                .exchange(ProviderRequest.get("/p").with("limit", 5).with("symbol", "AAPL"), TestCalls.patient());
        assertThat(replayed).isInstanceOfSatisfying(Outcome.Success.class, success -> {
            var raw = (RawPayload) success.value();
            assertThat(raw.keySent()).isTrue();
            assertThat(raw.receivedAt()).isEqualTo(NOW);
        });
    }

    private List<String> texts() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }

    private static Descriptor descriptor(String authentication) {
        return DescriptorReader.read("test.json", """
                {"id": "acme", "name": "Acme", "exchange": "Acme", "base_url": "https://acme.example", "zone": "UTC",
                 "asset_types": ["stock"], "operations": ["quote"], "limits": {}, "authentication": %s}
                """.formatted(authentication).getBytes(StandardCharsets.UTF_8));
    }
}
