package io.marketbrain.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

    private static final String SECRET = "s3cr3t-0123456789-abcdefghij";

    @ParameterizedTest
    @CsvSource({
        "0a, \\n",
        "0d, \\r",
        "09, \\t",
        "00, \\u0000",
        "1b, \\u001b",
        "7f, \\u007f",
        "85, \\u0085",
        "9b, \\u009b",
        "2028, \\u2028",
        "2029, \\u2029",
        "202e, \\u202e",
        "2066, \\u2066",
        "200f, \\u200f",
        "061c, \\u061c"
    })
    void what_could_forge_a_line_is_spelled_out(String hex, String spelled) {
        assertThat(shown("a" + (char) Integer.parseInt(hex, 16) + "b", 100)).isEqualTo("a" + spelled + "b");
    }

    @ParameterizedTest
    @CsvSource({"plain text ~ 100%", "Übung für Ωμέγα", "価格は€5 😀", "C:\\\\new"})
    void readable_text_of_any_language_stays_as_it_is(String text) {
        assertThat(shown(text, 100)).isEqualTo(text);
    }

    @Test
    void a_text_of_exactly_the_limit_is_not_cut() {
        assertThat(shown("x".repeat(50), 50)).isEqualTo("x".repeat(50));
    }

    @Test
    void a_longer_text_is_cut_with_a_mark_that_shows_its_length() {
        assertThat(shown("x".repeat(51), 50)).isEqualTo("x".repeat(50) + "... [cut: 51 characters]");
        assertThat(shown("x".repeat(1_000_000), 50)).isEqualTo("x".repeat(50) + "... [cut: 1000000 characters]");
    }

    @Test
    void escaped_characters_count_with_their_escaped_length() {
        assertThat(shown("\u0000".repeat(10), 50)).isEqualTo("\\u0000".repeat(8) + "... [cut: 10 characters]");
    }

    @Test
    void a_character_pair_is_not_cut_in_two() {
        assertThat(shown("abc😀def", 4)).isEqualTo("abc... [cut: 8 characters]");
    }

    @Test
    void a_secret_is_redacted() {
        assertThat(shown("key=" + SECRET + " end", 100)).isEqualTo("key=*** end");
    }

    @Test
    void no_part_of_a_secret_shows_wherever_the_cut_falls() {
        for (int limit = 0; limit <= 60; limit++) {
            String shown = shown("0123456789" + SECRET + "y".repeat(20_000), limit);
            assertThat(shown).doesNotContain("s3");
        }
    }

    @Test
    void no_part_of_a_secret_shows_where_redaction_shortens_a_long_text() {
        int limit = 200;
        for (int offset = 0; offset < SECRET.length(); offset++) {
            String text = "z".repeat(offset) + SECRET.repeat(1000);
            assertThat(shown(text, limit).replace("***", ""))
                    .doesNotContain("s3")
                    .doesNotContain("abc");
        }
    }

    @Test
    void a_short_redacted_text_is_not_marked_as_cut() {
        assertThat(shown(SECRET.repeat(300), 2000)).isEqualTo("***".repeat(300));
    }

    @Test
    void a_secret_that_spans_lines_is_redacted_before_line_ends_are_spelled_out() {
        SafeText text = new SafeText(t -> t.replace("BEGIN\nKEY\nEND", "***"));
        StringBuilder out = new StringBuilder();

        text.append(out, "BEGIN\nKEY\nEND\n", 100);

        assertThat(out).hasToString("***\\n");
    }

    @Test
    void text_is_withheld_when_redaction_fails() {
        SafeText text = new SafeText(t -> {
            throw new IllegalStateException("bad " + t);
        });
        StringBuilder out = new StringBuilder();

        text.append(out, "key=" + SECRET, 100);

        assertThat(out).hasToString("[withheld: redaction failed with IllegalStateException]");
    }

    private static String shown(String text, int limit) {
        StringBuilder out = new StringBuilder();
        new SafeText(t -> t.replace(SECRET, "***")).append(out, text, limit);
        return out.toString();
    }
}
