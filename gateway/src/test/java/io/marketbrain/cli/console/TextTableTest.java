package io.marketbrain.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void aligns_words_left_and_numbers_right_without_trailing_blanks() {
        var columns = new TextTable("NAME", "PRICE", "WHY");
        columns.add(List.of("BTC/USDT", "50123.45", "x"));
        columns.add(List.of("A", "-", ""));
        columns.add(List.of("B", "1", "10.0.0.1"));
        assertThat(columns).hasToString("""
                        NAME         PRICE  WHY
                        BTC/USDT  50123.45  x
                        A                -
                        B                1  10.0.0.1
                        """);
    }
}
