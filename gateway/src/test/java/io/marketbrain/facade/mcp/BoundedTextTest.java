package io.marketbrain.facade.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an answer is said within a number of tokens. */
class BoundedTextTest {
    private static final List<String> ROWS =
            IntStream.range(0, 100).mapToObj(i -> "row " + i).toList();

    private static String of(int most, boolean newest) {
        return BoundedText.of(most, List.of("the head"), ROWS, newest, shown -> shown + " of 100; all: http://h/x");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 50, 200, 1000})
    void is_never_above_the_limit_and_always_has_its_end(int most) {
        String text = of(most, true);
        assertThat(TokenEstimate.of(text)).isLessThanOrEqualTo(most);
        assertThat(text).endsWith("all: http://h/x");
    }

    @Test
    void keeps_the_newest_rows_or_the_first_ones() {
        assertThat(of(60, true)).startsWith("the head\n").contains("row 99\n").doesNotContain("row 0\n");
        assertThat(of(60, false)).contains("\nrow 0\n").doesNotContain("row 99");
        assertThat(of(1000, true).lines()).hasSize(102);
    }

    @Test
    void a_long_head_is_cut_and_the_end_is_not() {
        String text = BoundedText.of(30, List.of("word ".repeat(200)), List.of(), true, _ -> "all: http://h/x");
        assertThat(text).contains("…").endsWith("all: http://h/x");
    }

    /** The tokens that o200k_base has for these texts are as many or fewer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-01-31 | 6",
                "54137.73 | 4",
                "binance:BTC/USDT | 9",
                "open,high | 5",
                "κόσμε | 10",
                "'a b' | 2",
                "a 1 | 3"
            })
    void tokens_are_estimated_from_above(String text, int tokens) {
        assertThat(TokenEstimate.of(text)).isEqualTo(tokens);
    }
}
