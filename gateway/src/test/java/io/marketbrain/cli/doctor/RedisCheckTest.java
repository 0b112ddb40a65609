package io.marketbrain.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.cli.doctor.CheckResult.Grade;
import io.marketbrain.pipeline.cache.redis.Certificates;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.store.redis.RedisConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisCheckTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));

    private static CheckResult examine(String url) {
        return RedisCheck.examine(RedisConfig.defaults().withUrl(url), CLOCK);
    }

    /** A server that answers each line with the next of its replies, in the protocol of Redis. */
    private static CheckResult examineServerThatSays(String... replies) throws IOException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    for (String reply : replies) {
                        while (socket.getInputStream().read() != '\n') {
                            // the rest of the command
                        }
                        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    }
                    socket.shutdownOutput();
                    while (socket.getInputStream().read() >= 0) {
                        // until the other side has closed
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return examine("redis://user:p@ss/word@127.0.0.1:" + server.getLocalPort() + "/0");
        }
    }

    @Test
    void no_address_is_fine() {
        assertThat(examine("").grade()).isEqualTo(Grade.GOOD);
    }

    @Test
    void a_redis_that_answers_and_has_our_time_is_fine() throws IOException {
        CheckResult finding = examineServerThatSays("+PONG", "*2\r\n$10\r\n1700000002\r\n$1\r\n5");
        assertThat(finding.grade()).isEqualTo(Grade.GOOD);
        assertThat(finding.words())
                .startsWith("redis://127.0.0.1:")
                .endsWith("responds")
                .doesNotContain("ss/word");
    }

    @Test
    void a_redis_with_another_time_is_wrong() throws IOException {
        CheckResult finding = examineServerThatSays("+PONG", "*2\r\n$10\r\n1700000060\r\n$1\r\n5");
        assertThat(finding.grade()).isEqualTo(Grade.WRONG);
        assertThat(finding.words()).contains("clock that differs by 60 s from");
    }

    @Test
    void a_redis_over_tls_is_examined_with_the_authorities_that_the_settings_name(@TempDir Path folder)
            throws Exception {
        var certificates = new Certificates(folder, "IP:127.0.0.1");
        int port = RedisServer.freePort();
        try (RedisServer _ = RedisServer.started(certificates.options(port))) {
            String url = "rediss://127.0.0.1:" + port;
            assertThat(examine(url).grade()).isEqualTo(Grade.WRONG);
            CheckResult finding = RedisCheck.examine(
                    RedisConfig.defaults().withUrl(url).withCaFile(certificates.ca()), InstantSource.system());
            assertThat(finding.words()).endsWith("responds");
        }
    }

    @Test
    void a_redis_that_wants_a_password_answers_too() throws IOException {
        CheckResult finding = examineServerThatSays("-NOAUTH Authentication required.");
        assertThat(finding.grade()).isEqualTo(Grade.GOOD);
        assertThat(finding.words()).contains("requires the password");
    }

    @Test
    void something_else_that_answers_is_wrong() throws IOException {
        assertThat(examineServerThatSays("HTTP/1.1 400 Bad Request").words()).contains("HTTP/1.1 400");
        assertThat(examineServerThatSays().words()).contains("closed the connection");
    }

    @Test
    void an_unreachable_server_is_wrong_and_says_what_to_do() throws IOException {
        int port;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        CheckResult finding = examine("redis://127.0.0.1:" + port);
        assertThat(finding.grade()).isEqualTo(Grade.WRONG);
        assertThat(finding.remedy()).contains("REDIS_URL");
    }

    @Test
    void a_name_that_no_host_has_is_a_note() {
        assertThat(examine("redis://not_a_host:6379").grade()).isEqualTo(Grade.NOTE);
    }
}
