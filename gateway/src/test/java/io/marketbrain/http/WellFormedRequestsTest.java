package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.ServerResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Valid requests, however unusual. */
@Timeout(60)
final class WellFormedRequestsTest {
    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient echo() throws Exception {
        server = new TestServer(TestServer::echo);
        return server.connect();
    }

    @Test
    void answers_with_date_and_length() throws Exception {
        try (RawClient wire = echo()) {
            RawClient.Answer answer = wire.get("/a?b=c").answer();
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(answer.headers())
                    .containsEntry("date", "Sat, 03 Feb 2024 04:05:06 GMT")
                    .containsEntry("content-length", "11")
                    .doesNotContainKey("connection");
            assertThat(answer.body()).isEqualTo("GET /a?b=c ");
        }
    }

    @Test
    void keeps_the_connection_for_more_requests() throws Exception {
        try (RawClient wire = echo()) {
            for (int i = 0; i < 3; i++) {
                assertThat(wire.get("/" + i).answer().body()).isEqualTo("GET /" + i + " ");
            }
        }
    }

    @Test
    void answers_pipelined_requests_in_order() throws Exception {
        try (RawClient wire = echo()) {
            var requests = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                requests.append("POST /").append(i).append(" HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
            }
            wire.send(requests.toString());
            for (int i = 0; i < 100; i++) {
                assertThat(wire.answer().body()).isEqualTo("POST /" + i + " abc");
            }
        }
    }

    @Test
    void accepts_a_request_byte_by_byte() throws Exception {
        try (RawClient wire = echo()) {
            String request = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
            for (int i = 0; i < request.length(); i++) {
                wire.send(request.substring(i, i + 1));
            }
            assertThat(wire.answer().body()).isEqualTo("POST /a abc");
        }
    }

    @Test
    void accepts_chunks_with_extensions_and_trailers() throws Exception {
        try (RawClient wire = echo()) {
            wire.send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n");
            wire.send("3;name=\"value\"\r\nabc\r\n00A\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n");
            assertThat(wire.answer().body()).isEqualTo("POST /a abc0123456789");
            assertThat(wire.get("/next").answer().body()).isEqualTo("GET /next ");
        }
    }

    @Test
    void accepts_every_form_of_chunk_extension_that_the_standard_has() throws Exception {
        try (RawClient wire = echo()) {
            wire.send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.send("1;a\r\nb\r\n1;a=b;c\r\nc\r\n1 ; a = \"x \\\" ; y\" ;z\r\nd\r\n1;a=\"\"\r\ne\r\n");
            wire.send("0;last\r\nX-Sum: 1\r\nX-Empty:\r\n\r\n");
            assertThat(wire.answer().body()).isEqualTo("POST /a bcde");
            assertThat(wire.get("/next").answer().body()).isEqualTo("GET /next ");
        }
    }

    @Test
    void accepts_a_key_beside_other_credentials() throws Exception {
        try (RawClient wire = echo()) {
            wire.send("GET /a HTTP/1.1\r\nHost: x\r\nX-API-Key: a\r\nAuthorization: Basic b\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void accepts_headers_as_large_as_allowed() throws Exception {
        try (RawClient wire = echo()) {
            String start = "GET /a HTTP/1.1\r\nHost: x\r\nX: ";
            wire.send(start + "a".repeat(16_384 - start.length() - 4) + "\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(200);
            String body = "b".repeat(65_536);
            wire.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n" + body);
            assertThat(wire.answer().body()).endsWith(body);
        }
        TestServer.until(() -> server.server().bufferBudget().held() == 0);
    }

    @Test
    void ignores_one_empty_line_before_a_request() throws Exception {
        try (RawClient wire = echo()) {
            wire.send("\r\n").get("/a");
            assertThat(wire.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void sends_100_continue_to_a_client_that_expects_it() throws Exception {
        try (RawClient wire = echo()) {
            wire.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            assertThat(wire.answer().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(wire.send("abc").answer().body()).isEqualTo("POST /a abc");
        }
    }

    @Test
    void does_not_send_100_continue_for_a_body_that_is_too_long() throws Exception {
        try (RawClient wire = echo()) {
            wire.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\nExpect: 100-continue\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void answers_head_like_get_without_the_body() throws Exception {
        try (RawClient wire = echo()) {
            RawClient.Answer answer =
                    wire.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n").answerToHead();
            assertThat(answer.headers()).containsEntry("content-length", "8");
            assertThat(wire.get("/b").answer().body()).isEqualTo("GET /b ");
        }
    }

    @Test
    void closes_on_connection_close() throws Exception {
        try (RawClient wire = echo()) {
            wire.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: TE, Close\r\nTE: trailers\r\n\r\n");
            assertThat(wire.answer().headers()).containsEntry("connection", "close");
            assertThat(wire.ends()).isTrue();
        }
    }

    @Test
    void closes_after_http_1_0_without_keep_alive() throws Exception {
        try (RawClient wire = echo();
                RawClient other = server.connect()) {
            wire.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(wire.answer().headers()).containsEntry("connection", "keep-alive");
            assertThat(wire.get("/b").answer().status()).isEqualTo(200);
            other.send("GET /a HTTP/1.0\r\n\r\n");
            assertThat(other.answer().body()).isEqualTo("GET /a ");
            assertThat(other.ends()).isTrue();
        }
    }

    @Test
    void answers_a_client_that_has_closed_its_sending_direction() throws Exception {
        try (RawClient wire = echo()) {
            assertThat(wire.get("/a").endOutput().answer().body()).isEqualTo("GET /a ");
            assertThat(wire.ends()).isTrue();
        }
    }

    @Test
    void sends_responses_without_a_body() throws Exception {
        server = new TestServer(request -> new ServerResponse(
                Integer.parseInt(request.path().substring(1)), new Headers().put("ETag", "\"1\""), new byte[0]));
        try (RawClient wire = server.connect()) {
            assertThat(wire.get("/304").answer().headers())
                    .containsEntry("etag", "\"1\"")
                    .doesNotContainKey("content-length");
            assertThat(wire.get("/204").answer().headers()).doesNotContainKey("content-length");
            assertThat(wire.get("/200").answer().headers()).containsEntry("content-length", "0");
        }
    }

    @Test
    void large_responses_arrive_complete() throws Exception {
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) 'z');
        server = new TestServer(request -> new ServerResponse(
                200,
                new Headers(),
                Arrays.copyOf(large, Integer.parseInt(request.path().substring(1)))));
        try (RawClient wire = server.connect()) {
            for (int size : new int[] {1, 1000, 16_384, 16_385, 65_536, 65_537, 3_000_000}) {
                assertThat(wire.get("/" + size).answer().body()).isEqualTo("z".repeat(size));
            }
        }
        TestServer.until(() -> server.server().bufferBudget().held() == 0);
    }

    @Test
    void a_failing_handler_is_500_and_the_server_keeps_working() throws Exception {
        server = new TestServer(request -> {
            switch (request.path()) {
                case "/bug" -> throw new IllegalStateException("a secret");
                case "/missing" -> throw new NoClassDefFoundError("a secret");
                default -> throw new StackOverflowError("a secret");
            }
        });
        try (RawClient wire = server.connect()) {
            for (String path : new String[] {"/bug", "/missing", "/deep"}) {
                RawClient.Answer answer = wire.get(path).answer();
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.body()).doesNotContain("secret");
            }
        }
    }

    @Test
    void a_header_that_would_split_the_response_is_500() throws Exception {
        server = new TestServer(request -> new ServerResponse(200, new Headers().put("X", "a\r\nb: c"), new byte[0]));
        try (RawClient wire = server.connect()) {
            assertThat(wire.get("/").answer().status()).isEqualTo(500);
        }
    }
}
