package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.ServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are sent without a thread of their own, over real sockets. */
@Timeout(120)
final class PushedStreamTest {
    private final PushedTexts texts = new PushedTexts();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(request -> request.path().equals("/stream")
                ? new ServerResponse(200, new Headers().put("Content-Type", "text/plain"), texts)
                : TestServer.echo(request));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient opened() throws Exception {
        RawClient client = server.connect();
        assertThat(client.get("/stream").head().headers()).containsEntry("transfer-encoding", "chunked");
        TestServer.until(() -> texts.started.get() == 1);
        return client;
    }

    @Test
    void sends_chunks_and_after_the_end_the_response_to_the_next_request() throws Exception {
        try (RawClient client = opened()) {
            texts.push("first");
            assertThat(client.raw(10)).isEqualTo("5\r\nfirst\r\n");
            client.get("/next"); // before the body has ended
            texts.push("second");
            assertThat(client.raw(11)).isEqualTo("6\r\nsecond\r\n");
            assertThat(server.server().longLived()).isEqualTo(1);
            texts.push(PushedTexts.END);
            assertThat(client.raw(5)).isEqualTo("0\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("GET /next ");
            assertThat(client.get("/again").answer().body()).isEqualTo("GET /again ");
        }
        assertThat(texts.closed).hasValue(1);
        assertThat(server.server().longLived()).isZero();
    }

    @Test
    void notices_a_disconnect() throws Exception {
        opened().close();
        TestServer.until(() -> server.server().openConnections() == 0);
        assertThat(texts.closed).hasValue(1);
        assertThat(server.server().gone()).isEqualTo(1);
        assertThat(server.server().streamsCut()).isEqualTo(1);
        assertThat(server.server().longLived()).isZero();
    }

    @Test
    void what_fails_has_no_last_chunk() throws Exception {
        try (RawClient client = opened()) {
            texts.push("half");
            assertThat(client.raw(9)).isEqualTo("4\r\nhalf\r\n");
            texts.push(PushedTexts.FAILURE);
            assertThat(client.ends()).isTrue();
        }
        TestServer.until(() -> server.server().openConnections() == 0);
        assertThat(server.server().streamsFailed()).isEqualTo(1);
        assertThat(texts.closed).hasValue(1);
    }

    @Test
    void to_http_1_0_the_end_of_the_connection_is_the_end_of_the_body() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /stream HTTP/1.0\r\n\r\n");
            assertThat(client.head().headers()).doesNotContainKey("transfer-encoding");
            TestServer.until(() -> texts.started.get() == 1);
            texts.push("all");
            texts.push(PushedTexts.END);
            assertThat(client.raw(3)).isEqualTo("all");
            assertThat(client.ends()).isTrue();
        }
    }

    @Test
    void keeps_what_a_slow_client_has_not_read() throws Exception {
        try (var client = new RawClient(server.port(), 4096)) {
            client.get("/stream").head();
            TestServer.until(() -> texts.started.get() == 1);
            String text = "x".repeat(1000);
            for (int i = 0; i < 20_000; i++) {
                texts.add(text);
            }
            texts.push(PushedTexts.END);
            TestServer.until(() -> server.server().connections().stream()
                    .anyMatch(connection -> connection.phase() == Connection.Phase.WRITE));
            assertThat(texts.isEmpty()).isFalse();
            var body = new ArrayList<String>();
            long length = 0;
            for (int size = size(client); size > 0; size = size(client)) {
                body.add(client.raw(size));
                client.raw(2);
                length += size;
            }
            assertThat(length).isEqualTo(20_000_000);
            assertThat(body).allMatch(chunk -> chunk.chars().allMatch(c -> c == 'x'));
        }
    }

    private static int size(RawClient client) throws IOException {
        var digits = new StringBuilder();
        for (String c = client.raw(1); !c.equals("\r"); c = client.raw(1)) {
            digits.append(c);
        }
        client.raw(1);
        return Integer.parseInt(digits.toString(), 16);
    }

    @Test
    void ends_when_the_server_stops() throws Exception {
        try (RawClient client = opened()) {
            Thread stopping = Thread.startVirtualThread(server.server()::close);
            assertThat(client.raw(5)).isEqualTo("0\r\n\r\n");
            assertThat(client.ends()).isTrue();
            stopping.join();
        }
        assertThat(texts.closed).hasValue(1);
    }
}
