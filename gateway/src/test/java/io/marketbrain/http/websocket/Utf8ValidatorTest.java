package io.marketbrain.http.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Utf8ValidatorTest {
    /** Both ends of every range of bytes that mean the same, in any place of a character. */
    private static final byte[] BOUNDS =
            HexFormat.of().parseHex("007f808f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5f7f8fbfcfdfeff");

    private static final byte[] CONTINUATIONS = HexFormat.of().parseHex("808f909fa0bf");
    private static final int LONGEST = 4;

    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final CharBuffer text = CharBuffer.allocate(2 * LONGEST);

    @Test
    void judges_every_sequence_of_boundary_bytes_as_the_decoder_of_the_jdk_does() {
        for (int length = 1; length <= LONGEST; length++) {
            int sequences = (int) Math.pow(BOUNDS.length, length);
            byte[] bytes = new byte[length];
            for (int number = 0; number < sequences; number++) {
                int rest = number;
                for (int i = 0; i < length; i++) {
                    bytes[i] = BOUNDS[rest % BOUNDS.length];
                    rest /= BOUNDS.length;
                }
                compare(bytes);
            }
        }
    }

    /** The first wrong byte is noticed, and not one before it. */
    private void compare(byte[] bytes) {
        var validator = new Utf8Validator();
        boolean accepted = validator.accept(bytes, 0, bytes.length);
        boolean right = accepted == canBecomeText(bytes) && (!accepted || validator.complete() == isText(bytes));
        assertThat(right).as(HexFormat.of().formatHex(bytes)).isTrue();
    }

    /** Whether more bytes could make it text. The decoder itself reports some wrong bytes only when a character is whole. */
    private boolean canBecomeText(byte[] bytes) {
        if (isText(bytes)) {
            return true;
        }
        if (bytes.length == 2 * LONGEST
                || decoder.reset()
                        .decode(ByteBuffer.wrap(bytes), text.clear(), false)
                        .isError()) {
            return false;
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        for (byte next : CONTINUATIONS) {
            longer[bytes.length] = next;
            if (canBecomeText(longer)) {
                return true;
            }
        }
        return false;
    }

    private boolean isText(byte[] bytes) {
        return !decoder.reset()
                .decode(ByteBuffer.wrap(bytes), text.clear(), true)
                .isError();
    }
}
