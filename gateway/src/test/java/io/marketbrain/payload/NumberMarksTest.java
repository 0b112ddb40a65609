package io.marketbrain.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.PayloadLimits;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as people write them in different countries. */
class NumberMarksTest {
    private static Optional<BigDecimal> find(String marks, String text) {
        return new NumberMarks(marks.charAt(0), marks.charAt(1)).find(text, PayloadLimits.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".,| 1,075,012.50| 1075012.50",
                ".,| 12.5| 12.5",
                ".,| -1,000| -1000",
                ",.| 1.234,5| 1234.5",
                ".'| 1'000.25| 1000.25"
            })
    void groups_of_three_digits_are_one_number(String marks, String text, String number) {
        assertThat(find(marks, text)).contains(new BigDecimal(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".,| 1,5",
                ".,| 1,0000",
                ".,| 1,00,000",
                ".,| ,100",
                ".,| 1.5,000",
                ",.| 1.5",
                ",.| 1,000,000",
                ".,| 1,000e3"
            })
    void other_groups_are_no_number(String marks, String text) {
        assertThat(find(marks, text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 234", "1\u00a0234", "1\u202f234"})
    void a_space_is_any_space(String text) {
        assertThat(find(", ", text)).contains(new BigDecimal("1234"));
    }
}
