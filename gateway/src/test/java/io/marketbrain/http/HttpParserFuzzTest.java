package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.fuzz.MutationFuzzer;
import io.marketbrain.http.message.HttpRejection;
import io.marketbrain.http.message.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The parser of requests, fed with mutated ones: it accepts or rejects each, and no bytes that it reads are lost or read twice. */
public class HttpParserFuzzTest {
    private static final HttpLimits LIMITS = HttpLimits.defaults();
    private static final List<byte[]> DICTIONARY = Stream.of(
                    "\r\n",
                    "\r\n\r\n",
                    "\n",
                    "\r",
                    " ",
                    "\t",
                    "\0",
                    ":",
                    ";",
                    "=",
                    "\"",
                    "\\",
                    "%",
                    "%2F",
                    "%00",
                    "%c3%28",
                    "/",
                    "//",
                    "/../",
                    "/./",
                    "?",
                    "#",
                    "*",
                    "HTTP/1.1",
                    "HTTP/1.0",
                    "HTTP/2.0",
                    "GET ",
                    "POST ",
                    "OPTIONS ",
                    "PRI ",
                    "Host: x\r\n",
                    "Content-Length: 3\r\n",
                    "Content-Length: 65536\r\n",
                    "Content-Length: -1\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Transfer-Encoding: gzip, chunked\r\n",
                    "Expect: 100-continue\r\n",
                    "Connection: close\r\n",
                    "X-API-Key: a\r\n",
                    "Authorization: Bearer a\r\n",
                    "0\r\n\r\n",
                    "5\r\nabcde\r\n",
                    "FFFFFFFF\r\n",
                    "5;a=b\r\n",
                    "5 5\r\n",
                    "X: y\r\n")
            .map(text -> text.getBytes(ISO_8859_1))
            .toList();

    /** Counts what is read, and reads at most {@code step} bytes at a time. */
    private static final class CountingInput extends ByteArrayInputStream {
        private final int step;
        long read;

        CountingInput(byte[] bytes, int step) {
            super(bytes);
            this.step = step;
        }

        @Override
        public synchronized int read(byte[] to, int from, int length) {
            int count = super.read(to, from, Math.min(length, step));
            read += Math.max(count, 0);
            return count;
        }
    }

    /** What {@code bench/fuzz.sh} calls with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        parse(input, Integer.MAX_VALUE);
    }

    @Test
    @Timeout(3600)
    void every_input_is_accepted_or_rejected_in_the_same_way_however_it_arrives() throws IOException {
        int outcomes = new MutationFuzzer("http", DICTIONARY)
                .run(
                        input -> {
                            String whole = parse(input, Integer.MAX_VALUE);
                            if (input.length < 2000) {
                                assertThat(parse(input, 1)).isEqualTo(whole);
                            }
                            return whole;
                        },
                        1 << 20,
                        200);
        assertThat(outcomes).isGreaterThan(40);
    }

    private static String parse(byte[] bytes, int step) throws IOException {
        var in = new CountingInput(bytes, step);
        var budget = new BufferBudget(1 << 20);
        var inbox = new RequestBuffer(in, LIMITS, budget);
        var outcome = new StringBuilder();
        try {
            while (inbox.awaitRequest()) {
                RequestHead head = inbox.head();
                assertThat(head.target().path())
                        .startsWith("/")
                        .matches("[!-~]+")
                        .doesNotContain("//");
                byte[] body = BodyReader.read(head, inbox, LIMITS);
                assertThat(body.length).isLessThanOrEqualTo(LIMITS.maxBody());
                outcome.append(head.method())
                        .append(head.length() < 0 ? " chunks, " : head.length() == 0 ? ", " : " body, ");
            }
            outcome.append("end");
        } catch (HttpRejection rejection) {
            assertThat(rejection.status()).isBetween(400, 599);
            outcome.append(rejection.status()).append(' ').append(rejection.detail());
        }
        inbox.release();
        assertThat(budget.held()).isZero();
        assertThat(in.read).isLessThanOrEqualTo(bytes.length);
        return outcome.length() < 500 ? outcome.toString() : outcome.substring(outcome.length() - 500);
    }
}
