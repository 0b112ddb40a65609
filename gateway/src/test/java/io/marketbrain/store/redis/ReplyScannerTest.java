package io.marketbrain.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyScannerTest {
    private static final ReplyLimits LIMITS = new ReplyLimits(1000, 20, 3, 50);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void scan(ReplyScanner scanner, byte[] bytes, int step) throws InvalidReplyException {
        for (int at = 0; at < bytes.length; at += step) {
            scanner.scan(bytes, at, Math.min(step, bytes.length - at));
        }
    }

    static Stream<String> good() {
        return Stream.of(
                "+OK\r\n",
                "+\r\n",
                "-ERR no such command\r\n",
                ":0\r\n",
                ":-9223372036854775808\r\n",
                "$-1\r\n",
                "*-1\r\n",
                "$0\r\n\r\n",
                "*0\r\n",
                "$5\r\n\r\n$9*\r\n",
                "*2\r\n$1\r\na\r\n*2\r\n:1\r\n*1\r\n+x\r\n",
                "*3\r\n*0\r\n*-1\r\n$-1\r\n",
                "$900\r\n" + "x".repeat(900) + "\r\n",
                "+" + "x".repeat(50) + "\r\n");
    }

    @ParameterizedTest
    @MethodSource("good")
    void accepts_any_number_of_replies_however_they_are_cut(String reply) {
        for (int step = 1; step <= reply.length(); step++) {
            var scanner = new ReplyScanner(LIMITS);
            int cut = step;
            assertThatCode(() -> {
                        for (int i = 0; i < 40; i++) {
                            scan(scanner, bytes(reply), cut);
                        }
                    })
                    .as(reply)
                    .doesNotThrowAnyException();
        }
    }

    static Stream<String> bad() {
        return Stream.of(
                "$2147483647\r\n",
                "$99999999999\r\n",
                "$536870912\r\nabc",
                "$996\r\n",
                "*2147483647\r\n",
                "*21\r\n",
                "*3\r\n*10\r\n" + ":1\r\n".repeat(10) + "*10\r\n",
                "*2\r\n$500\r\n" + "x".repeat(500) + "\r\n$500\r\n",
                "*1\r\n".repeat(4),
                "+" + "x".repeat(51),
                "-" + "x".repeat(51),
                "*1\r\n-ERR nested\r\n",
                "*1\r\n-MOVED nested\r\n",
                "$-2\r\n",
                "*-2\r\n",
                "$-0\r\n",
                "$\r\n",
                "$--1\r\n",
                "$1 \r\n",
                ":1.5\r\n",
                ":\r\n",
                ":" + "1".repeat(20),
                "+a\rb\r\n",
                "+a\nb\r\n",
                "$1\r\nab\r\n",
                "$1\r\na\n",
                "%1\r\n",
                "~1\r\n",
                ">1\r\n",
                "=5\r\n",
                "_\r\n",
                "#t\r\n",
                ",1.5\r\n",
                "(1\r\n",
                "\r\n",
                "\0",
                "HTTP/1.1 200 OK\r\n");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses_what_states_too_much_or_is_no_reply_however_it_is_cut(String reply) {
        for (int step = 1; step <= reply.length(); step++) {
            var scanner = new ReplyScanner(LIMITS);
            int cut = step;
            assertThatThrownBy(() -> {
                        scan(scanner, bytes("*1\r\n+OK\r\n"), cut);
                        scan(scanner, bytes(reply), cut);
                    })
                    .as(reply)
                    .isInstanceOf(InvalidReplyException.class)
                    .hasMessageStartingWith("Redis sent ");
        }
    }

    /** A random reply within {@link #LIMITS}. */
    private static void write(StringBuilder to, Random random, int depth, int[] elements) {
        switch (random.nextInt(depth < 3 && elements[0] > 0 ? 6 : 4)) {
            case 0 -> to.append(':').append(random.nextInt()).append("\r\n");
            case 1 -> to.append('+').append("y".repeat(random.nextInt(20))).append("\r\n");
            case 2 -> to.append("$-1\r\n");
            case 3 -> {
                int length = random.nextInt(20);
                to.append('$').append(length).append("\r\n");
                for (int i = 0; i < length; i++) {
                    to.append((char) random.nextInt(256));
                }
                to.append("\r\n");
            }
            default -> {
                int count = Math.min(elements[0], random.nextInt(5));
                elements[0] -= count;
                to.append('*').append(count).append("\r\n");
                for (int i = 0; i < count; i++) {
                    write(to, random, depth + 1, elements);
                }
            }
        }
    }

    @Test
    void accepts_every_random_reply_within_the_limits_and_knows_where_it_ends() throws Exception {
        var random = new Random(8);
        var scanner = new ReplyScanner(LIMITS);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            var reply = new StringBuilder();
            write(reply, random, 0, new int[] {20});
            written.add(reply.toString());
            scan(scanner, bytes(reply.toString()), 1 + random.nextInt(9));
        }
        assertThat(written).anyMatch(reply -> reply.startsWith("*4"));
        // In step with the replies: only at their beginning is this byte an invalid type.
        assertThatThrownBy(() -> scan(scanner, bytes("!"), 1)).hasMessageContaining("unknown type: byte 33");
    }
}
