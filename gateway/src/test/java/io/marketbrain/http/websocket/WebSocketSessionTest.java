package io.marketbrain.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.message.UpgradedConnection;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a session ends after a message that it rejects. */
class WebSocketSessionTest {
    private static final WebSocketConfig CONFIG = WebSocketConfig.defaults();
    private static final String CLOSE_1009 = "8882 00000000 03f1";

    private final Wire wire = new Wire();
    private final WebSocketSession session = new WebSocketSession(CONFIG, wire);

    /** A connection that keeps what is sent to the client, at a time that a test sets. */
    private static final class Wire implements UpgradedConnection {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private long nanos;
        private boolean isCut;

        @Override
        public InputStream in() {
            return InputStream.nullInputStream();
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            sent.write(bytes, from, length);
        }

        @Override
        public void cut() {
            isCut = true;
        }

        @Override
        public void start(Runnable task) {
            task.run();
        }

        @Override
        public void startBlocking(Runnable task) {
            task.run();
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void recordFailure(Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private void receive(String hex) {
        receive(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private void receive(byte[] bytes) {
        assertThat(session.receive(ByteBuffer.wrap(bytes))).isEmpty();
    }

    private int sentCode() {
        byte[] sent = wire.sent.toByteArray();
        assertThat(sent[0]).isEqualTo((byte) 0x88);
        return ((sent[2] & 0xff) << 8) | (sent[3] & 0xff);
    }

    @ParameterizedTest
    @CsvSource({
        "too long, 81ff 00000000000f4240 00000000, 1000000, 1009",
        "binary, 82fe 0100 00000000, 256, 1003",
        "no UTF-8, 81fe 0100 00000000 ff, 255, 1007",
    })
    void the_rest_of_a_message_is_discarded_until_the_client_confirms(String what, String start, int rest, int code) {
        receive(start);
        assertThat(sentCode()).as(what).isEqualTo(code);
        int length = wire.sent.size();
        for (int left = rest; left > 0; left -= 1000) {
            receive(new byte[Math.min(left, 1000)]);
        }
        receive("8181 00000000 61"); // another text
        receive("8980 00000000"); // a ping
        assertThat(session.inputEnded()).isFalse();
        receive(CLOSE_1009);
        assertThat(session.inputEnded()).isTrue();
        assertThat(session.findStatus().orElseThrow().code()).isEqualTo(code);
        assertThat(wire.sent.size()).isEqualTo(length);
        assertThat(wire.isCut).isFalse();
    }

    @Test
    void a_browser_confirms_between_the_fragments_of_a_message_that_is_too_long() {
        receive("01fe 7fff 00000000");
        receive(new byte[0x7fff]);
        receive("80fe 7fff 00000000");
        receive(new byte[0x7fff]);
        assertThat(session.inputEnded()).isFalse();
        receive("00fe 7fff 00000000");
        receive(new byte[0x7fff]);
        receive(CLOSE_1009);
        assertThat(session.inputEnded()).isTrue();
    }

    @Test
    void a_client_that_does_not_confirm_is_disconnected() {
        receive("81ff 00000000000f4240 00000000");
        wire.nanos = CONFIG.closeTimeout().toNanos() - 1;
        session.checkTimeLimits();
        assertThat(wire.isCut).isFalse();
        wire.nanos++;
        session.checkTimeLimits();
        assertThat(wire.isCut).isTrue();
    }

    @Test
    void nothing_is_read_after_what_is_no_frame() {
        receive("8300");
        assertThat(sentCode()).isEqualTo(CloseStatus.PROTOCOL_ERROR);
        assertThat(session.inputEnded()).isTrue();
    }
}
