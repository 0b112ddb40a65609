package io.marketbrain.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvCellTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain|plain",
                "a, b|\"a, b\"",
                "say \"no\"|\"say \"\"no\"\"\"",
                "-12.50|-12.50",
                "=HYPERLINK(1)|'=HYPERLINK(1)",
                "-1+cmd|'-1+cmd",
                "@sum, x|\"'@sum, x\"",
                "``|``",
            })
    void quotes_what_needs_it_and_disarms_formulas(String text, String cell) {
        assertThat(CsvCell.of(text)).isEqualTo(cell);
    }
}
