package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.http.tls.ServerTls;
import io.marketbrain.http.tls.TestCertificate;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streamed responses over real sockets, with and without TLS. */
@Timeout(120)
final class StreamTest {
    @TempDir
    static Path certificates;

    private static TestCertificate certificate;

    @TempDir
    Path folder;

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private boolean secret;
    private TestServer server;

    @BeforeAll
    static void make() throws Exception {
        certificate = TestCertificate.make("EC", certificates);
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
    }

    private void start(boolean tls, Body.Stream stream) throws Exception {
        start(tls, stream, _ -> {});
    }

    /** {@code /stream} is streamed, every other response has a complete body. */
    private void start(boolean tls, Body.Stream stream, Consumer<HttpLimitsBuilder> change) throws Exception {
        secret = tls;
        var files = certificate.in(folder);
        server = new TestServer(
                request -> request.path().equals("/stream")
                        ? new ServerResponse(200, new Headers().put("Content-Type", "text/plain"), stream)
                        : TestServer.echo(request),
                change,
                tls ? ticker -> new ServerTls(files, ticker) : null);
    }

    private RawClient connect() throws Exception {
        return connect(0);
    }

    private RawClient connect(int receiveBuffer) throws Exception {
        var plain = new Socket();
        if (receiveBuffer > 0) {
            plain.setReceiveBufferSize(receiveBuffer);
        }
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        Socket socket = plain;
        if (secret) {
            socket = TestCertificate.trusting(certificate)
                    .getSocketFactory()
                    .createSocket(plain, "localhost", server.port(), true);
            ((SSLSocket) socket).startHandshake();
        }
        socket.setSoTimeout(20_000);
        return new RawClient(socket);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /** Writes forever. */
    private void endless(OutputStream out) throws IOException {
        byte[] piece = new byte[10_000];
        begun.countDown();
        try {
            while (true) {
                out.write(piece);
                written.addAndGet(piece.length);
            }
        } finally {
            ended.incrementAndGet();
        }
    }

    /** Sends one byte and then waits until it is interrupted or released. */
    private void waiting(OutputStream out) throws IOException {
        out.write('a');
        out.flush();
        begun.countDown();
        try {
            release.await();
            out.write('z');
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            ended.incrementAndGet();
        }
    }

    private void untilBlocked() throws InterruptedException {
        long before = -1;
        for (int still = 0; still < 10; ) {
            Thread.sleep(30);
            long now = written.get();
            still = now == before && isIn(Connection.Phase.WRITE) ? still + 1 : 0;
            before = now;
        }
    }

    private boolean isIn(Connection.Phase phase) {
        return server.server().connections().stream().anyMatch(c -> c.phase() == phase);
    }

    private void untilNothingIsBuffered() throws InterruptedException {
        TestServer.until(() -> server.server().streaming() == 0);
        TestServer.until(() -> server.server().bufferBudget().held() == 0);
        assertThat(server.server().permits().free())
                .isEqualTo(server.server().limits().maxRequests());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void each_flush_is_one_chunk_and_the_end_is_the_last_chunk(boolean tls) throws Exception {
        start(tls, out -> {
            out.write(ascii("hello"));
            out.flush();
            out.flush();
            out.write(ascii("streamed "));
            out.write(ascii("world"));
        });
        try (RawClient wire = connect()) {
            RawClient.Answer head = wire.get("/stream").head();
            assertThat(head.headers())
                    .containsEntry("transfer-encoding", "chunked")
                    .doesNotContainKeys("content-length", "connection");
            String expected = "5\r\nhello\r\ne\r\nstreamed world\r\n0\r\n\r\n";
            assertThat(wire.raw(expected.length())).isEqualTo(expected);
            assertThat(wire.get("/next").answer().body()).isEqualTo("GET /next ");
        }
        untilNothingIsBuffered();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_body_longer_than_a_piece_is_sent_in_full_pieces(boolean tls) throws Exception {
        byte[] body = new byte[2 * StreamOutput.PIECE + 1];
        Arrays.fill(body, (byte) 'x');
        start(tls, out -> out.write(body));
        try (RawClient wire = connect()) {
            wire.get("/stream").head();
            String full = Integer.toHexString(StreamOutput.PIECE) + "\r\n" + "x".repeat(StreamOutput.PIECE) + "\r\n";
            String expected = full + full + "1\r\nx\r\n0\r\n\r\n";
            assertThat(wire.raw(expected.length())).isEqualTo(expected);
        }
    }

    @Test
    void single_bytes_and_an_empty_stream_are_framed_too() throws Exception {
        start(false, out -> {
            for (int i = 0; i < StreamOutput.PIECE + 3; i++) {
                out.write('y');
            }
        });
        try (RawClient wire = connect()) {
            assertThat(wire.get("/stream").answer().body()).isEqualTo("y".repeat(StreamOutput.PIECE + 3));
        }
        server.close();
        start(false, _ -> {});
        try (RawClient wire = connect()) {
            wire.get("/stream").head();
            assertThat(wire.raw(5)).isEqualTo("0\r\n\r\n");
            assertThat(wire.get("/next").answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_flush_arrives_while_the_producer_goes_on(boolean tls) throws Exception {
        start(tls, this::waiting);
        try (RawClient wire = connect()) {
            wire.get("/stream").head();
            assertThat(wire.raw(6)).isEqualTo("1\r\na\r\n");
            assertThat(ended).hasValue(0);
            release.countDown();
            assertThat(wire.raw(11)).isEqualTo("1\r\nz\r\n0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_pipelined_request_is_answered_after_the_stream(boolean tls) throws Exception {
        start(tls, this::waiting);
        try (RawClient wire = connect()) {
            wire.get("/stream").get("/second").get("/stream");
            begun.await();
            server.pass(Duration.ofMillis(100));
            Thread.sleep(400);
            release.countDown();
            assertThat(wire.answer().body()).isEqualTo("az");
            assertThat(wire.answer().body()).isEqualTo("GET /second ");
            assertThat(wire.answer().body()).isEqualTo("az");
        }
    }

    @Test
    void head_has_no_body_and_runs_no_producer() throws Exception {
        start(false, _ -> ended.incrementAndGet());
        try (RawClient wire = connect()) {
            wire.send("HEAD /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawClient.Answer head = wire.answerToHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).doesNotContainKeys("content-length", "transfer-encoding");
            assertThat(wire.get("/next").answer().body()).isEqualTo("GET /next ");
        }
        assertThat(ended).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void to_http_1_0_the_end_of_the_connection_is_the_end_of_the_body(boolean tls) throws Exception {
        start(tls, out -> {
            out.write(ascii("one,"));
            out.flush();
            out.write(ascii("two"));
        });
        try (RawClient wire = connect()) {
            wire.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            RawClient.Answer answer = wire.answer();
            assertThat(answer.headers())
                    .containsEntry("connection", "close")
                    .doesNotContainKeys("content-length", "transfer-encoding");
            assertThat(answer.body()).isEqualTo("one,two");
        }
        untilNothingIsBuffered();
    }

    @Test
    void a_connection_with_close_is_closed_after_the_last_chunk() throws Exception {
        start(false, out -> out.write(ascii("all")));
        try (RawClient wire = connect()) {
            wire.send("GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            RawClient.Answer answer = wire.answer();
            assertThat(answer.headers())
                    .containsEntry("connection", "close")
                    .containsEntry("transfer-encoding", "chunked");
            assertThat(answer.body()).isEqualTo("all");
            assertThat(wire.ends()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_producer_is_blocked_while_the_client_does_not_read(boolean tls) throws Exception {
        start(tls, this::endless);
        try (RawClient wire = connect(4096)) {
            wire.get("/stream").head();
            untilBlocked();
            long stood = written.get();
            assertThat(server.server().bufferBudget().held()).isEqualTo(StreamOutput.PIECE);
            assertThat(ended).hasValue(0);
            while (written.get() == stood) {
                wire.raw(10_000);
            }
            untilBlocked();
        }
        TestServer.until(() -> ended.get() == 1);
        untilNothingIsBuffered();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_reader_that_stops_is_cut_off_after_the_write_timeout(boolean tls) throws Exception {
        start(tls, this::endless);
        try (RawClient wire = connect(4096)) {
            wire.get("/stream").head();
            untilBlocked();
            server.pass(Duration.ofSeconds(10).minusNanos(1));
            Thread.sleep(600);
            assertThat(ended).hasValue(0);
            server.pass(Duration.ofSeconds(1));
            TestServer.until(() -> ended.get() == 1);
            TestServer.until(() -> server.server().openConnections() == 0);
        }
        assertThat(server.server().streamsCut()).isEqualTo(1);
        assertThat(server.server().streamsFailed()).isZero();
        untilNothingIsBuffered();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_client_that_disconnects_ends_a_waiting_producer(boolean tls) throws Exception {
        start(tls, this::waiting);
        try (RawClient wire = connect()) {
            wire.get("/stream").head();
            begun.await();
            server.pass(Duration.ofMillis(100));
        }
        TestServer.until(() -> ended.get() == 1);
        TestServer.until(() -> server.server().openConnections() == 0);
        assertThat(server.server().gone()).isEqualTo(1);
        assertThat(server.server().streamsCut()).isEqualTo(1);
        assertThat(server.server().streamsFailed()).isZero();
        untilNothingIsBuffered();
    }

    @Test
    void a_client_that_leaves_a_stream_after_a_while_ends_it() throws Exception {
        start(false, this::waiting);
        try (RawClient wire = connect()) {
            wire.get("/stream").head();
            begun.await();
            server.pass(Duration.ofMillis(100));
            Thread.sleep(400); // the reader beside the stream waits longer and longer
        }
        TestServer.until(() -> ended.get() == 1);
        TestServer.until(() -> server.server().openConnections() == 0);
        assertThat(server.server().gone()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_failed_producer_leaves_a_body_without_its_last_chunk(boolean tls) throws Exception {
        start(tls, out -> {
            out.write(ascii("half"));
            out.flush();
            out.write(ascii("not sent any more"));
            throw new IOException("the rest is missing");
        });
        try (RawClient wire = connect()) {
            wire.get("/stream").head();
            assertThat(wire.raw(9)).isEqualTo("4\r\nhalf\r\n");
            assertThatThrownBy(() -> wire.raw(1)).isInstanceOf(IOException.class);
        }
        TestServer.until(() -> server.server().openConnections() == 0);
        assertThat(server.server().streamsFailed()).isEqualTo(1);
        assertThat(server.server().streamsCut()).isZero();
        untilNothingIsBuffered();
    }

    @Test
    void a_bug_in_a_producer_ends_only_its_stream() throws Exception {
        start(false, out -> {
            out.write(ascii("half"));
            out.flush();
            throw new IllegalStateException("a bug");
        });
        try (RawClient wire = connect();
                RawClient other = connect()) {
            wire.get("/stream").head();
            assertThat(wire.raw(9)).isEqualTo("4\r\nhalf\r\n");
            assertThatThrownBy(() -> wire.raw(1)).isInstanceOf(EOFException.class);
            assertThat(other.get("/a").answer().status()).isEqualTo(200);
        }
        assertThat(server.server().streamsFailed()).isEqualTo(1);
    }

    @Test
    void a_client_of_http_1_0_sees_a_reset_where_a_stream_fails() throws Exception {
        start(false, out -> {
            out.write(ascii("half"));
            out.flush();
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("the rest is missing");
        });
        try (RawClient wire = connect()) {
            wire.send("GET /stream HTTP/1.0\r\n\r\n").head();
            assertThat(wire.raw(4)).isEqualTo("half");
            release.countDown();
            assertThatThrownBy(() -> wire.raw(1))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stream_holds_a_stream_permit_and_no_request_permit(boolean tls) throws Exception {
        start(tls, this::waiting, limits -> {
            limits.maxRequests = 1;
            limits.maxStreams = 1;
        });
        try (RawClient streaming = connect();
                RawClient other = connect()) {
            streaming.get("/stream").head();
            begun.await();
            assertThat(server.server().working()).isZero();
            assertThat(server.server().streaming()).isEqualTo(1);
            assertThat(other.get("/a").answer().status()).isEqualTo(200);
            RawClient.Answer refused = other.get("/stream").answer();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("the limit of 1 concurrent streamed responses is reached");
            assertThat(server.server().streamsRefused()).isEqualTo(1);
            release.countDown();
            assertThat(streaming.raw(6)).isEqualTo("1\r\na\r\n");
            TestServer.until(() -> server.server().streaming() == 0);
            assertThat(other.get("/stream").answer().body()).isEqualTo("az");
        }
        untilNothingIsBuffered();
    }

    @Test
    void a_stream_is_rejected_while_too_many_bytes_are_buffered() throws Exception {
        start(false, out -> out.write('a'), limits -> limits.maxHeld = 1 << 20);
        try (RawClient wire = connect()) {
            assertThat(server.server().bufferBudget().tryReserve(1 << 20)).isTrue();
            assertThat(wire.get("/stream").answer().status()).isEqualTo(503);
            server.server().bufferBudget().release(1 << 20);
            assertThat(wire.get("/stream").answer().body()).isEqualTo("a");
        }
        untilNothingIsBuffered();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stop_lets_a_notified_stream_finish(boolean tls) throws Exception {
        start(tls, new Body.Stream() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                waiting(out);
            }

            @Override
            public void stop() {
                release.countDown();
            }
        });
        try (RawClient wire = connect()) {
            wire.get("/stream").head();
            begun.await();
            // The clock stands still, so a stop that waited for the grace time would never end.
            server.server().close();
            assertThat(wire.raw(17)).isEqualTo("1\r\na\r\n1\r\nz\r\n0\r\n\r\n");
            assertThat(wire.ends()).isTrue();
        }
        untilNothingIsBuffered();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stop_cuts_a_stream_that_outlasts_the_grace(boolean tls) throws Exception {
        start(tls, this::waiting);
        try (RawClient wire = connect()) {
            wire.get("/stream").head();
            begun.await();
            Thread stopping = Thread.startVirtualThread(server.server()::close);
            TestServer.until(server.server()::stopping);
            Thread.sleep(50);
            assertThat(ended).hasValue(0);
            while (stopping.isAlive()) {
                server.pass(Duration.ofMillis(2500));
                stopping.join(Duration.ofMillis(10));
            }
            TestServer.until(() -> ended.get() == 1);
            assertThat(wire.raw(6)).isEqualTo("1\r\na\r\n");
            assertThatThrownBy(() -> wire.raw(1)).isInstanceOf(IOException.class);
        }
        untilNothingIsBuffered();
    }

    @Test
    void a_million_rows_are_never_further_ahead_of_the_reader_than_the_socket_buffers() throws Exception {
        byte[] row =
                ascii("2024-02-21T08:00:00Z,50010.00,50240.12,49980.55,50123.45,812.4,40710220.1,10422,true,mock\n");
        int rows = 1_000_000;
        var read = new AtomicLong();
        var furthest = new AtomicLong();
        start(false, out -> {
            for (int i = 0; i < rows; i++) {
                out.write(row);
                furthest.accumulateAndGet(written.addAndGet(row.length) - read.get(), Math::max);
            }
        });
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(ascii("GET /stream HTTP/1.0\r\n\r\n"));
            var in = socket.getInputStream();
            byte[] some = new byte[65_536];
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                read.addAndGet(length);
            }
        }
        assertThat(read.get()).isBetween((long) rows * row.length, (long) rows * row.length + 1000);
        assertThat(furthest.get()).isLessThan(16 << 20);
        untilNothingIsBuffered();
    }

    @Test
    void a_long_lived_stream_counts_neither_as_stream_nor_as_connection() throws Exception {
        var endless = new Body.Stream() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                waiting(out);
            }

            @Override
            public boolean longLived() {
                return true;
            }
        };
        start(false, endless.wrappedBy(Body.Stream::writeTo), limits -> {
            limits.maxStreams = 1;
            limits.maxConnections = 2;
        });
        var clients = new ArrayList<RawClient>();
        for (int i = 1; i <= 4; i++) {
            RawClient client = connect();
            clients.add(client);
            assertThat(client.get("/stream").head().status()).isEqualTo(200);
            int count = i;
            TestServer.until(() -> server.server().longLived() == count);
        }
        assertThat(server.server().streaming()).isZero();
        try (RawClient first = connect();
                RawClient second = connect()) {
            assertThat(first.get("/a").answer().status()).isEqualTo(200);
            assertThat(second.get("/a").answer().status()).isEqualTo(200);
        }
        release.countDown();
        for (RawClient client : clients) {
            assertThat(client.raw(6)).isEqualTo("1\r\na\r\n");
            client.close();
        }
        TestServer.until(() -> server.server().longLived() == 0);
    }
}
