package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.PlaybackServer.Asked;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.security.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials arrive where the descriptor says, over a real socket, and are shown nowhere. */
class AuthenticationTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final String KEY = "planted-key-5b1e";
    private static final String SECRET = "planted-secret-9d27";
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private static final String HEADER = "{\"type\": \"header\", \"name\": \"X-KEY\", \"key_setting\": \"K\"}";
    private static final String PREFIXED =
            "{\"type\": \"header\", \"name\": \"Authorization\", \"prefix\": \"Token \", \"key_setting\": \"K\"}";
    private static final String QUERY = "{\"type\": \"query\", \"name\": \"apikey\", \"key_setting\": \"K\"}";
    private static final String BEARER = "{\"type\": \"bearer\", \"key_setting\": \"K\"}";
    private static final String BASIC = "{\"type\": \"basic\", \"key_setting\": \"K\", \"secret_setting\": \"S\"}";
    private static final String PAIR = """
            {"type": "headers", "key_setting": "K", "secret_setting": "S", "key_header": "X-KEY",
             "secret_header": "X-SECRET"}""";
    private static final String HMAC = """
            {"type": "hmac", "key_setting": "K", "secret_setting": "S", "key_header": "X-KEY", "signed": ["query"],
             "signature": {"parameter": "signature"}, "time": {"parameter": "timestamp"}}""";

    private final PlaybackServer server = PlaybackServer.start();
    private final HttpConnections connections = new HttpConnections(TransportConfig.defaults());

    static List<String> everyAuthentication() {
        return List.of(HEADER, PREFIXED, QUERY, BEARER, BASIC, PAIR, HMAC);
    }

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    @Test
    void a_key_goes_into_its_header_its_parameter_or_a_bearer_token() {
        assertThat(asked(HEADER).headers()).containsEntry("x-key", KEY);
        assertThat(asked(PREFIXED).headers()).containsEntry("authorization", "Token " + KEY);
        assertThat(asked(BEARER).headers()).containsEntry("authorization", "Bearer " + KEY);
        assertThat(asked(QUERY).parameters()).containsExactly(entry("symbol", "AAPL"), entry("apikey", KEY));
    }

    @Test
    void a_login_is_key_and_secret_in_base64() {
        String login = Base64.getEncoder().encodeToString((KEY + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        assertThat(asked(BASIC).headers()).containsEntry("authorization", "Basic " + login);
    }

    @Test
    void key_and_secret_go_into_two_headers() {
        assertThat(asked(PAIR).headers()).containsEntry("x-key", KEY).containsEntry("x-secret", SECRET);
    }

    @Test
    void a_signed_request_carries_key_time_and_signature_but_not_the_secret() {
        Asked asked = asked(HMAC);
        assertThat(asked.headers()).containsEntry("x-key", KEY);
        assertThat(asked.parameters())
                .containsEntry("timestamp", Long.toString(NOW.toEpochMilli()))
                .hasEntrySatisfying(
                        "signature", signature -> assertThat(signature).matches("[0-9a-f]{64}"));
        assertThat(asked.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("everyAuthentication")
    void without_a_key_nothing_is_sent(String authentication) {
        server.on("/p", PlaybackServer.json(BODY));
        ask(authentication, Optional.empty(), Optional.empty(), "/p");
        Asked asked = server.asked().getFirst();
        assertThat(asked.parameters()).containsOnlyKeys("symbol");
        assertThat(asked.headers()).doesNotContainKeys("authorization", "x-key", "x-secret");
    }

    @ParameterizedTest
    @MethodSource("everyAuthentication")
    void no_credential_follows_a_redirect_to_another_host(String authentication) {
        try (var thief = PlaybackServer.start()) {
            for (String location : List.of(
                    "http://localhost:" + server.port() + "/stolen",
                    thief.url() + "/stolen",
                    "https://127.0.0.1:" + server.port() + "/stolen",
                    "//127.0.0.1:" + thief.port() + "/stolen")) {
                server.on("/p", PlaybackServer.redirect(307, location));
                Outcome<RawPayload> outcome = ask(authentication, Secret.of(KEY), Secret.of(SECRET), "/p");
                assertThat(failure(outcome)).as(location).isInstanceOf(Failure.Malformed.class);
            }
            assertThat(thief.asked()).isEmpty();
            assertThat(server.asked("/stolen")).isEmpty();
        }
    }

    @Test
    void a_header_is_sent_again_after_a_redirect_within_the_host_and_a_signed_request_is_not_redirected() {
        server.on("/p", PlaybackServer.redirect(302, "/q?symbol=AAPL")).on("/q", PlaybackServer.json(BODY));
        ask(HEADER, Secret.of(KEY), Optional.empty(), "/p");
        assertThat(server.asked("/q").getFirst().headers()).containsEntry("x-key", KEY);
        server.forget();
        assertThat(failure(ask(HMAC, Secret.of(KEY), Secret.of(SECRET), "/p"))).isInstanceOf(Failure.Malformed.class);
        assertThat(server.asked("/q")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyAuthentication")
    void credentials_are_in_no_message_no_log_and_no_printed_object(String authentication) {
        server.on("/reset", PlaybackServer.reset(BODY))
                .on("/bomb", PlaybackServer.gzipBomb(9 << 20))
                .on("/away", PlaybackServer.redirect(302, "http://elsewhere.example/?k=" + KEY))
                .on("/hang", PlaybackServer.hang())
                .on("/raw", PlaybackServer.raw(KEY + SECRET + "\r\n\r\n"));
        Descriptor descriptor = descriptor(authentication);
        var config = config(Secret.of(KEY), Secret.of(SECRET));
        var transport = new HttpTransport(descriptor, config, connections, InstantSource.fixed(NOW));
        var credentials = new Credentials(descriptor.authentication(), config.key(), config.secret());
        var request = new UnsignedRequest("GET", "/p", "a=1", "");
        List<String> shown = new ArrayList<>();
        shown.addAll(List.of(
                descriptor.toString(),
                config.toString(),
                transport.toString(),
                credentials.toString(),
                credentials.authorize(request, NOW).toString()));
        shown.addAll(logged(() -> {
            for (String path : List.of("/reset", "/bomb", "/away", "/hang", "/raw")) {
                var call = TestCalls.within(Duration.ofMillis(500));
                shown.add(failure(transport.exchange(ProviderRequest.get(path), call))
                        .toString());
            }
        }));
        assertThat(shown)
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(text -> assertThat(text).doesNotContain(KEY).doesNotContain(SECRET));
    }

    @Test
    void a_key_that_no_header_can_carry_is_rejected_without_being_quoted() {
        for (String authentication : List.of(HEADER, PREFIXED, BEARER, HMAC)) {
            Outcome<RawPayload> outcome = ask(authentication, Secret.of("planted\nkey-é"), Secret.of(SECRET), "/p");
            assertThat(failure(outcome)).isInstanceOf(Failure.CredentialsRejected.class);
            assertThat(failure(outcome).message()).doesNotContain("planted");
        }
        assertThat(server.asked()).isEmpty();
    }

    /** The request that arrives with this authentication. */
    private Asked asked(String authentication) {
        server.forget();
        server.on("/p", PlaybackServer.json(BODY));
        ask(authentication, Secret.of(KEY), Secret.of(SECRET), "/p");
        return server.asked().getFirst();
    }

    private Outcome<RawPayload> ask(String authentication, Optional<Secret> key, Optional<Secret> secret, String path) {
        return new HttpTransport(descriptor(authentication), config(key, secret), connections, InstantSource.fixed(NOW))
                .exchange(ProviderRequest.get(path).with("symbol", "AAPL"), TestCalls.patient());
    }

    private ProviderConfig config(Optional<Secret> key, Optional<Secret> secret) {
        return new ProviderConfig(WantedMode.LIVE, key, secret, Optional.of(server.url()));
    }

    private static Descriptor descriptor(String authentication) {
        return DescriptorReader.read("test.json", """
                {"id": "acme", "name": "Acme", "exchange": "Acme", "base_url": "https://acme.example", "zone": "UTC",
                 "asset_types": ["stock"], "operations": ["quote"], "limits": {}, "authentication": %s}
                """.formatted(authentication).getBytes(StandardCharsets.UTF_8));
    }

    /** Everything that is logged meanwhile, at any level. */
    private static List<String> logged(Runnable work) {
        List<String> lines = new ArrayList<>();
        var root = Logger.getLogger("");
        Level before = root.getLevel();
        var handler = new Handler() {
            @Override
            public synchronized void publish(LogRecord line) {
                Stream.of(line.getMessage(), line.getParameters(), line.getThrown())
                        .map(String::valueOf)
                        .forEach(lines::add);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        try {
            work.run();
        } finally {
            root.removeHandler(handler);
            root.setLevel(before);
        }
        return List.copyOf(lines);
    }

    private static Failure failure(Outcome<RawPayload> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<RawPayload>) outcome).failure();
    }
}
