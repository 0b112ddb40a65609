package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=b|b",
                "A=|``",
                "A = b c |b c",
                "export A=b|b",
                "export\tA=b|b",
                "  A=b|b",
                "A=b # note|b",
                "A=b#c|b#c",
                "A=# note|``",
                "A='b # c'|b # c",
                "A=\"b # c\" # note|b # c",
                "A='it\\n'|it\\n",
                "A=\"say \\\"b\\\"\"|say \"b\"",
                "A=$HOME|$HOME",
                "A=redis://u:p@h:6379/0?x=y|redis://u:p@h:6379/0?x=y",
                "A=b=c|b=c",
                "A=it's|it's",
                "A=''|``",
                "A=ü€|ü€",
            })
    void reads_the_forms_people_write(String row, String value) {
        EnvFile file = EnvFile.parse(row + "\n");
        assertThat(file.problems()).isEmpty();
        assertThat(file.lines()).containsOnlyKeys("A");
        assertThat(file.lines().get("A").value()).isEqualTo(value);
    }

    @Test
    void counts_lines_from_one_over_comments_and_carriage_returns() {
        EnvFile file = EnvFile.parse("# a note\r\n\r\nA=1\r\n   # more\r\nB=2");
        assertThat(file.lines().get("A")).isEqualTo(new EnvFile.Line("1", 3));
        assertThat(file.lines().get("B")).isEqualTo(new EnvFile.Line("2", 5));
    }

    @Test
    void the_last_line_of_a_name_counts() {
        assertThat(EnvFile.parse("A=1\nA=2\n").lines().get("A")).isEqualTo(new EnvFile.Line("2", 2));
    }

    @Test
    void a_quoted_value_may_span_lines_and_keeps_them() {
        EnvFile file = EnvFile.parse("KEY=\"-----BEGIN\nabc=\n-----END\"\nB=2\n");
        assertThat(file.problems()).isEmpty();
        assertThat(file.lines().get("KEY").value()).isEqualTo("-----BEGIN\nabc=\n-----END");
        assertThat(file.lines().get("B").number()).isEqualTo(4);
    }

    @Test
    void escapes_count_in_double_quotes_only() {
        EnvFile file = EnvFile.parse("A=\"x\\ty\\nz\\\\ \\d\"\nB='x\\ty'\n");
        assertThat(file.lines().get("A").value()).isEqualTo("x\ty\nz\\ \\d");
        assertThat(file.lines().get("B").value()).isEqualTo("x\\ty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BINANCE_API_KEY", "just words", "export A"})
    void a_line_without_an_equals_sign_is_a_problem_with_its_number(String row) {
        EnvFile file = EnvFile.parse("A=1\n" + row + "\nB=2\n");
        assertThat(file.problems()).containsExactly(new EnvFile.Problem(2, "is not NAME=value"));
        assertThat(file.lines()).containsOnlyKeys("A", "B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=x", "1A=x", "A B=x", "A;B=x"})
    void a_line_that_begins_with_no_name_is_a_problem(String row) {
        assertThat(EnvFile.parse(row).problems())
                .containsExactly(new EnvFile.Problem(1, "does not begin with a name of letters, digits and _"));
    }

    @Test
    void an_unclosed_quote_is_a_problem_and_the_lines_after_it_still_count() {
        EnvFile file = EnvFile.parse("A=\"secret\nB=2\n");
        assertThat(file.problems()).containsExactly(new EnvFile.Problem(1, "opens a quote (\") that is never closed"));
        assertThat(file.lines().get("B")).isEqualTo(new EnvFile.Line("2", 2));
    }

    @Test
    void a_value_after_a_closing_quote_is_a_problem() {
        assertThat(EnvFile.parse("A='b'c").problems())
                .containsExactly(new EnvFile.Problem(1, "has something after the closing quote"));
    }
}
