package io.marketbrain.http.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadersTest {
    private static String sent(Headers headers) {
        var out = new byte[headers.length()];
        assertThat(headers.write(out, 0)).isEqualTo(out.length);
        return new String(out, ISO_8859_1);
    }

    @Test
    void are_sent_in_order_with_each_case_insensitive_name_once() {
        var headers = new Headers()
                .put("A", "1")
                .put("B", "2")
                .put("a", "3")
                .putIfAbsent(new Header("b", "4"))
                .putIfAbsent(new Header("C", "5"));
        assertThat(sent(headers)).isEqualTo("a: 3\r\nB: 2\r\nC: 5\r\n");
    }

    @Test
    void grow_beyond_their_initial_capacity() {
        var headers = new Headers();
        var expected = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            headers.put("N" + i, "" + i);
            expected.append("N").append(i).append(": ").append(i).append("\r\n");
        }
        assertThat(sent(headers)).isEqualTo(expected.toString());
    }

    @Test
    void are_removed_changed_and_added_to() {
        var headers = new Headers().put("A", "1").put("B", "2").put("C", "3");
        headers.remove("B").remove("none").change("C", value -> value + "!").change("none", value -> value + "!");
        headers.add("Vary", "Origin").add("vary", "Accept");
        assertThat(sent(headers)).isEqualTo("A: 1\r\nC: 3!\r\nvary: Origin, Accept\r\n");
        assertThat(headers.has("B")).isFalse();
        assertThat(headers.get("c").orElseThrow().value()).isEqualTo("3!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "\n", "\r", "\0", "\u007f", "\u001b"})
    void reject_a_value_that_would_end_the_line(String value) {
        assertThatThrownBy(() -> new Header("X", value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a:", "a\r\nb", "ü"})
    void reject_an_invalid_name(String name) {
        assertThatThrownBy(() -> new Header(name, "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_character_is_never_sent_as_the_low_byte_of_its_code() {
        // U+010A and U+010D end in the bytes of a line feed and a carriage return.
        assertThat(sent(new Headers().put("X", "ä\u010d\u010aé"))).isEqualTo("X: ä??é\r\n");
    }
}
