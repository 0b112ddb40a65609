package io.marketbrain.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.filters.IncompleteStream;
import io.marketbrain.api.filters.ResponseFilters;
import io.marketbrain.api.filters.StreamLog;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.routing.RouteMeter;
import io.marketbrain.http.message.Body;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.security.Secret;
import io.marketbrain.telemetry.CurrentCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What happens to streamed responses after their endpoint; whole ones are in {@link ApiTest}. */
class ResponseFiltersTest {
    private static final CallId CALL = new CallId("call-1");
    private static final String SECRET = "plantedSecret0123456789";

    private final RouteMeter meter = new RouteMeter("/path");
    private final ResponseFilters filters = new ResponseFilters(
            new AccessControl(
                    Optional.empty(),
                    true,
                    AccessConfig.defaults(),
                    new KnownSecrets(List.of(Secret.of(SECRET).orElseThrow())),
                    System::nanoTime),
            ApiConfig.defaults());

    private Exchange exchange(String path, String... headers) {
        var incoming = new RawRequest("GET", path, "", name -> {
            for (int i = 0; i < headers.length; i += 2) {
                if (headers[i].equalsIgnoreCase(name)) {
                    return Optional.of(headers[i + 1]);
                }
            }
            return Optional.empty();
        });
        return new Exchange(incoming, CALL, meter, 0);
    }

    private Response filtered(Exchange exchange, Body.Stream stream) {
        return filters.apply(exchange, Response.stream("text/plain", stream));
    }

    private static byte[] written(Response reply) throws IOException {
        var out = new ByteArrayOutputStream();
        ((Body.Stream) reply.body()).writeTo(out);
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void a_stream_has_the_headers_of_every_response_but_no_tag() throws Exception {
        Response reply = filtered(exchange("/path"), out -> out.write(utf8("body")));
        assertThat(reply.headers().toString())
                .contains("X-Request-Id: call-1", "Server-Timing: total;dur=", "Cache-Control: no-store")
                .contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'")
                .contains("Vary: Accept-Encoding")
                .doesNotContain("ETag", "Content-Encoding");
        assertThat(written(reply)).isEqualTo(utf8("body"));
    }

    @Test
    void a_tag_that_the_endpoint_set_is_matched_before_anything_is_produced() {
        Response reply = filters.apply(
                exchange("/path", "If-None-Match", "\"tag\""),
                Response.stream("text/plain", _ -> {
                            throw new IllegalStateException("produced");
                        })
                        .with("ETag", "\"tag\""));
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.bytes()).isEmpty();
    }

    @Test
    void each_flush_of_a_packed_stream_can_be_unpacked_before_its_end() throws Exception {
        var out = new ByteArrayOutputStream();
        Response reply = filtered(exchange("/path", "Accept-Encoding", "gzip"), gzip -> {
            gzip.write(utf8("first"));
            gzip.flush();
            try (var in = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray()))) {
                assertThat(in.readNBytes(5)).isEqualTo(utf8("first"));
            }
            gzip.write(utf8(", second"));
        });
        assertThat(reply.headers().toString()).contains("Content-Encoding: gzip");
        ((Body.Stream) reply.body()).writeTo(out);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(in.readAllBytes()).isEqualTo(utf8("first, second"));
        }
    }

    @Test
    void a_packed_stream_that_fails_has_no_end() {
        var out = new ByteArrayOutputStream();
        Response reply = filtered(exchange("/path", "Accept-Encoding", "gzip"), gzip -> {
            gzip.write(utf8("first"));
            gzip.flush();
            throw new IncompleteStream(CALL, new Failure.DeadlinePassed("too late"));
        });
        assertThatThrownBy(() -> ((Body.Stream) reply.body()).writeTo(out)).isInstanceOf(IncompleteStream.class);
        assertThatThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void a_secret_that_the_request_quotes_is_taken_out_of_a_stream() throws Exception {
        Body.Stream stream = out -> {
            out.write(utf8("a " + SECRET.substring(0, 5)));
            out.flush();
            out.write(utf8(SECRET.substring(5) + "\n" + SECRET));
        };
        assertThat(written(filtered(exchange("/" + SECRET), stream))).isEqualTo(utf8("a ********\n********"));
        assertThat(written(filtered(exchange("/other"), stream))).isEqualTo(utf8("a " + SECRET + "\n" + SECRET));
    }

    @Test
    void a_stream_runs_under_its_call_and_is_told_to_stop_through_every_wrapping() throws Exception {
        var seen = new ArrayList<Object>();
        Response reply = filtered(exchange("/" + SECRET, "Accept-Encoding", "gzip"), new Body.Stream() {
            @Override
            public void writeTo(OutputStream out) {
                seen.add(CurrentCall.find());
            }

            @Override
            public void stop() {
                seen.add("stop");
            }
        });
        written(reply);
        ((Body.Stream) reply.body()).stop();
        assertThat(seen).containsExactly(Optional.of(CALL), "stop");
    }

    @Test
    void why_a_stream_ended_early_is_logged_once_unless_the_client_is_why() {
        var logger = (Logger) LoggerFactory.getLogger(StreamLog.class);
        var underCall = new ArrayList<Optional<CallId>>();
        var lines = new ListAppender<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent line) {
                underCall.add(CurrentCall.find());
                super.append(line);
            }
        };
        Level before = logger.getLevel();
        logger.setLevel(Level.WARN);
        lines.start();
        logger.addAppender(lines);
        try {
            fail(new IncompleteStream(CALL, new Failure.DeadlinePassed("too late")));
            fail(new IllegalStateException("a bug"));
            fail(new IOException("the client has gone"));
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
        }
        assertThat(lines.list.stream().map(line -> line.getLevel() + " " + line.getFormattedMessage()))
                .containsExactly(
                        "WARN a streamed response was cut: deadline-passed: too late",
                        "ERROR a streamed response failed");
        assertThat(underCall).containsOnly(Optional.of(CALL));
    }

    private void fail(Exception failure) {
        Response reply = filtered(exchange("/path"), _ -> {
            if (failure instanceof RuntimeException bug) {
                throw bug;
            }
            throw (IOException) failure;
        });
        assertThatThrownBy(() -> written(reply)).isInstanceOf(IOException.class);
    }

    @Test
    void a_streamed_response_is_counted_once_as_it_begins() {
        filtered(exchange("/path"), _ -> {});
        assertThat(RouteMeter.metrics(List.of(meter)).getFirst().samples()).hasSize(1);
    }
}
