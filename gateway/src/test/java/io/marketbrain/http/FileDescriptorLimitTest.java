package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileDescriptorLimitTest {
    @ParameterizedTest
    @CsvSource({
        "1000, 20000, 1000",
        "1000, 1024, 924",
        "1000, 150, 50",
        "1000, 50, 10",
        "5, 50, 5",
        "1000, 99999999999, 1000",
        "1000, unlimited, 1000",
    })
    void leaves_descriptors_for_everything_else(int wanted, String limit, int room) {
        var lines = List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max processes             96365                96365                processes ",
                "Max open files            " + limit + "                 20000                files     ");
        assertThat(FileDescriptorLimit.roomFor(wanted, lines)).isEqualTo(room);
    }

    @ParameterizedTest
    @CsvSource({"1000", "1"})
    void does_not_limit_if_the_system_reports_nothing(int wanted) {
        assertThat(FileDescriptorLimit.roomFor(wanted, List.of())).isEqualTo(wanted);
    }
}
