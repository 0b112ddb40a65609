package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.message.HttpRejection;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Malformed requests: each is rejected, none reaches the handler, and the server keeps working. */
@Timeout(60)
final class HostileRequestsTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n";
    private static final String POST = "POST /a HTTP/1.1\r\nHost: x\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(TestServer::echo);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                // lines
                refused("bare line feeds", 400, "GET /a HTTP/1.1\nHost: x\n\n"),
                refused("one bare line feed", 400, GET + "X: y\nZ: z\r\n\r\n"),
                refused("bare carriage return", 400, "GET /a HTTP/1.1\r\nHost: x\rX: y\r\n\r\n"),
                refused("carriage return at the end of a value", 400, GET + "X: y\r\r\n\r\n"),
                refused("folded header", 400, GET + "X: y\r\n z\r\n\r\n"),
                refused("header that starts with a space", 400, "GET /a HTTP/1.1\r\n X: y\r\nHost: x\r\n\r\n"),
                refused("null byte in a header", 400, GET + "X: a\0b\r\n\r\n"),
                refused("delete character in a header", 400, GET + "X: a\u007fb\r\n\r\n"),
                refused("space before the colon", 400, POST + "Content-Length : 3\r\n\r\nabc"),
                refused("no colon", 400, GET + "nonsense\r\n\r\n"),
                refused("no header name", 400, GET + ": y\r\n\r\n"),
                refused("header name that is no token", 400, GET + "X(y): z\r\n\r\n"),
                refused("two empty lines first", 400, "\r\n\r\n" + GET + "\r\n"),
                // request line
                refused("TLS hello", 400, "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"),
                refused("HTTP/0.9", 400, "GET /a\r\n\r\n"),
                refused("no version", 400, "GET /a \r\nHost: x\r\n\r\n"),
                refused("two spaces", 400, "GET  /a HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("tab between", 400, "GET\t/a HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("space in the target", 400, "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("other version", 505, "GET /a HTTP/2.0\r\nHost: x\r\n\r\n"),
                refused("HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                refused("HTTP/2 preface with its settings frame", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0"),
                refused("HTTP/3 in a request line", 505, "BREW * HTTP/3.0\r\n\r\n"),
                refused("not a version", 400, "GET /a FTP/1.1\r\nHost: x\r\n\r\n"),
                refused("method that is no token", 400, "G@T /a HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("unknown method", 501, "BREW /a HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("lower-case method", 501, "get /a HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("CONNECT", 501, "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("TRACE", 501, "TRACE /a HTTP/1.1\r\nHost: x\r\n\r\n"),
                // host
                refused("no host", 400, "GET /a HTTP/1.1\r\n\r\n"),
                refused("two hosts", 400, "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
                refused("list of hosts", 400, "GET /a HTTP/1.1\r\nHost: x, y\r\n\r\n"),
                refused("user in the host", 400, "GET /a HTTP/1.1\r\nHost: me@x\r\n\r\n"),
                refused("path in the host", 400, "GET /a HTTP/1.1\r\nHost: x/y\r\n\r\n"),
                // target
                refused("parent", 400, "GET /a/../b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("parent at the end", 400, "GET /a/.. HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("dot segment", 400, "GET /a/./b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("encoded parent", 400, "GET /a/%2e%2E/b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("half encoded parent", 400, "GET /a/.%2e HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("double slash", 400, "GET /a//b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("double slash first", 400, "GET //host/b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("absolute form", 400, "GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("asterisk form", 400, "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("asterisk form in HTTP/1.0", 400, "OPTIONS * HTTP/1.0\r\n\r\n"),
                refused("asterisk form of another method", 400, "GET * HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("asterisk form of an unknown method", 501, "BREW * HTTP/1.1\r\nHost: x\r\n\r\n"),
                // credentials
                refused("the same key twice", 400, GET + "X-API-Key: a\r\nX-API-Key: a\r\n\r\n"),
                refused("two keys", 400, GET + "X-API-Key: a\r\nx-api-key: b\r\n\r\n"),
                refused("a key and an empty one", 400, GET + "X-API-Key: a\r\nX-API-Key:\r\n\r\n"),
                refused("authorization twice", 400, GET + "Authorization: Bearer a\r\nAuthorization: Basic b\r\n\r\n"),
                refused("relative target", 400, "GET a HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("fragment", 400, "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("backslash", 400, "GET /a\\b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("encoded backslash", 400, "GET /a%5cb HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("null byte in the target", 400, "GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("encoded null byte", 400, "GET /a%00 HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("encoded line end in the query", 400, "GET /a?b=%0d%0aX:y HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("broken percent-encoding", 400, "GET /a%zz HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("percent sign at the end", 400, "GET /a%4 HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("broken percent-encoding in the query", 400, "GET /a?b=% HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("not UTF-8", 400, "GET /a%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("overlong UTF-8", 400, "GET /a%c0%ae%c0%ae/b HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("raw bytes above 127", 400, "GET /\u00c3\u00a9 HTTP/1.1\r\nHost: x\r\n\r\n"),
                // length
                refused("length and coding", 400, POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"),
                refused("coding and length", 400, POST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc"),
                refused("the same length twice", 400, POST + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
                refused("two lengths", 400, POST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
                refused("list of lengths", 400, POST + "Content-Length: 3, 3\r\n\r\nabc"),
                refused("signed length", 400, POST + "Content-Length: +3\r\n\r\nabc"),
                refused("negative length", 400, POST + "Content-Length: -3\r\n\r\nabc"),
                refused("hexadecimal length", 400, POST + "Content-Length: 0x3\r\n\r\nabc"),
                refused("empty length", 400, POST + "Content-Length:\r\n\r\nabc"),
                refused("length in other digits", 400, POST + "Content-Length: \u00b3\r\n\r\nabc"),
                refused("length beyond a long", 413, POST + "Content-Length: 99999999999999999999\r\n\r\nabc"),
                refused("other coding", 501, POST + "Transfer-Encoding: gzip\r\n\r\nabc"),
                refused("two codings", 501, POST + "Transfer-Encoding: gzip, chunked\r\n\r\nabc"),
                refused("coding twice", 400, POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
                refused("odd coding", 501, POST + "Transfer-Encoding: xchunked\r\n\r\nabc"),
                refused("coding with a tab", 501, POST + "Transfer-Encoding: chunked\tx\r\n\r\nabc"),
                refused("coding in HTTP/1.0", 400, "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                refused("other expectation", 417, POST + "Expect: coffee\r\n\r\n"),
                refused("expectation twice", 400, POST + "Expect: 100-continue\r\nExpect: 100-continue\r\n\r\n"),
                // chunks
                refused("chunk size that is no number", 400, CHUNKED + "zz\r\nabc\r\n0\r\n\r\n"),
                refused("chunk size with a sign", 400, CHUNKED + "+3\r\nabc\r\n0\r\n\r\n"),
                refused("chunk size with 0x", 400, CHUNKED + "0x3\r\nabc\r\n0\r\n\r\n"),
                refused("two chunk sizes", 400, CHUNKED + "5 5\r\nabcde\r\n0\r\n\r\n"),
                refused("word after a chunk size", 400, CHUNKED + "5 xyz\r\nabcde\r\n0\r\n\r\n"),
                refused("tab and word after a chunk size", 400, CHUNKED + "5\t5\r\nabcde\r\n0\r\n\r\n"),
                refused("spaces after a chunk size", 400, CHUNKED + "5  \r\nabcde\r\n0\r\n\r\n"),
                refused("word after the last chunk size", 400, CHUNKED + "0 5\r\n\r\n"),
                refused("extension without a name", 400, CHUNKED + "5;\r\nabcde\r\n0\r\n\r\n"),
                refused("extension whose name is no token", 400, CHUNKED + "5;a b\r\nabcde\r\n0\r\n\r\n"),
                refused("extension without a value", 400, CHUNKED + "5;a=\r\nabcde\r\n0\r\n\r\n"),
                refused("unfinished quoted extension", 400, CHUNKED + "5;a=\"b\r\nabcde\r\n0\r\n\r\n"),
                refused("text after a quoted extension", 400, CHUNKED + "5;a=\"b\"c\r\nabcde\r\n0\r\n\r\n"),
                refused("chunk size that overflows", 400, CHUNKED + "FFFFFFFFF\r\nabc\r\n0\r\n\r\n"),
                refused("negative chunk size by overflow", 413, CHUNKED + "FFFFFFFF\r\nabc\r\n0\r\n\r\n"),
                refused("no chunk size", 400, CHUNKED + "\r\nabc\r\n0\r\n\r\n"),
                refused("chunk longer than its size", 400, CHUNKED + "3\r\nabcd\r\n0\r\n\r\n"),
                refused("chunk without its end", 400, CHUNKED + "3\r\nabc0\r\n\r\n"),
                refused("bare line feed after a size", 400, CHUNKED + "3\nabc\r\n0\r\n\r\n"),
                refused("bare line feed after a chunk", 400, CHUNKED + "3\r\nabc\n0\r\n\r\n"),
                refused("control character in an extension", 400, CHUNKED + "3;a=\0\r\nabc\r\n0\r\n\r\n"),
                refused("endless extension", 400, CHUNKED + "3;" + "a".repeat(1000) + "\r\nabc\r\n0\r\n\r\n"),
                refused("bare line feed in a trailer", 400, CHUNKED + "0\r\nX: y\n\r\n"),
                refused("trailer without a colon", 400, CHUNKED + "0\r\nnonsense\r\n\r\n"),
                refused("trailer without a name", 400, CHUNKED + "0\r\n: y\r\n\r\n"),
                refused("space before a trailer's colon", 400, CHUNKED + "0\r\nX : y\r\n\r\n"),
                refused("folded trailer", 400, CHUNKED + "0\r\nX: y\r\n z\r\n\r\n"),
                refused("trailer that starts with a space", 400, CHUNKED + "0\r\n X: y\r\n\r\n"),
                refused("endless trailers", 400, CHUNKED + "0\r\n" + "X: y\r\n".repeat(5000) + "\r\n"),
                // sizes
                refused("long request line", 414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
                refused("endless request line", 414, "A".repeat(100_000)),
                refused("long header", 431, GET + "X: " + "a".repeat(20_000) + "\r\n\r\n"),
                refused("long headers together", 431, GET + ("X: " + "a".repeat(400) + "\r\n").repeat(50) + "\r\n"),
                refused("many headers", 431, GET + "X: y\r\n".repeat(65) + "\r\n"),
                refused("long body", 413, POST + "Content-Length: 65537\r\n\r\n" + "a".repeat(65_537)),
                refused("long body in chunks", 413, CHUNKED + ("8000\r\n" + "a".repeat(32_768) + "\r\n").repeat(3)));
    }

    private static Arguments refused(String name, int status, String request) {
        return Arguments.of(name, status, request);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void is_rejected_and_never_handled(String name, int status, String request) throws Exception {
        int before = server.handled.get();
        try (RawClient wire = server.connect()) {
            wire.send(request.getBytes(ISO_8859_1));
            RawClient.Answer answer = wire.answer();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(answer.body()).isNotEmpty();
            assertThat(wire.endOutput().ends()).isTrue();
        }
        assertThat(server.handled).hasValue(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void is_rejected_in_the_same_way_byte_by_byte(String name, int status, String request) throws Exception {
        byte[] bytes = request.getBytes(ISO_8859_1);
        var inbox = new RequestBuffer(
                new FilterInputStream(new ByteArrayInputStream(bytes)) {
                    @Override
                    public int read(byte[] to, int from, int length) throws IOException {
                        return super.read(to, from, Math.min(length, 1));
                    }
                },
                HttpLimits.defaults(),
                new BufferBudget(1 << 20));
        assertThat(inbox.awaitRequest()).isTrue();
        try {
            BodyReader.read(inbox.head(), inbox, HttpLimits.defaults());
            throw new AssertionError("it was taken");
        } catch (HttpRejection refusal) {
            assertThat(refusal.status()).isEqualTo(status);
        }
    }

    @Test
    void bytes_after_a_rejected_request_are_never_parsed_as_a_request() throws Exception {
        int before = server.handled.get();
        try (RawClient wire = server.connect()) {
            wire.send(POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET + "\r\n");
            assertThat(wire.answer().status()).isEqualTo(400);
            assertThat(wire.endOutput().ends()).isTrue();
        }
        assertThat(server.handled).hasValue(before);
    }

    @Test
    void a_request_that_ends_early_is_never_handled() throws Exception {
        int before = server.handled.get();
        for (String part :
                new String[] {"GET", GET, GET + "X: y", POST + "Content-Length: 5\r\n\r\nabc", CHUNKED + "3\r\nab"}) {
            try (RawClient wire = server.connect()) {
                assertThat(wire.send(part).endOutput().answer().status()).isEqualTo(400);
                assertThat(wire.ends()).isTrue();
            }
        }
        assertThat(server.handled).hasValue(before);
    }

    @Test
    void a_long_body_is_rejected_even_while_the_client_keeps_sending() throws Exception {
        try (RawClient wire = server.connect()) {
            wire.send(POST + "Content-Length: 5000000\r\n\r\n").sendRegardless(new byte[5_000_000]);
            assertThat(wire.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void rejections_release_all_resources() throws Exception {
        TestServer.until(() -> server.server().openConnections() == 0);
        assertThat(server.server().permits().free())
                .isEqualTo(HttpLimits.defaults().maxRequests());
        assertThat(server.server().bufferBudget().held()).isZero();
        try (RawClient wire = server.connect()) {
            assertThat(wire.get("/still").answer().body()).isEqualTo("GET /still ");
        }
    }
}
