package io.marketbrain.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTextTest {
    @ParameterizedTest
    @CsvSource({
        "2024, 2024-01-01",
        "2024-A1, 2024-01-01",
        "2024-S1, 2024-01-01",
        "2024-S2, 2024-07-01",
        "2024-H2, 2024-07-01",
        "2024-T3, 2024-09-01",
        "2024-Q1, 2024-01-01",
        "2024-Q4, 2024-10-01",
        "2024Q3, 2024-07-01",
        "2024-M03, 2024-03-01",
        "2024M12, 2024-12-01",
        "2024-02, 2024-02-01",
        "2024-W05, 2024-01-29",
        "2024-W1, 2024-01-01",
        "2021-W01, 2021-01-04",
        "2020-W53, 2020-12-28",
        "2019-W01, 2018-12-31",
        "2024-D060, 2024-02-29",
        "2024-02-29, 2024-02-29",
        "1960q2, 1960-04-01",
    })
    void a_period_is_its_first_day(String text, LocalDate day) {
        assertThat(PeriodText.firstDay(text)).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "24",
                "2024-",
                "2024-Q5",
                "2024-Q0",
                "2024-S3",
                "2024-M13",
                "2024-00",
                "2024-W53",
                "2023-D366",
                "2023-02-29",
                "2024-X1",
                "2024-Q",
                "Q1-2024",
                "٢٠٢٤"
            })
    void what_a_year_does_not_have_is_no_period(String text) {
        assertThatThrownBy(() -> PeriodText.firstDay(text)).isInstanceOf(DateTimeException.class);
    }
}
