package io.marketbrain.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelTest {

    @ParameterizedTest
    @CsvSource({
        "TRACE, TRACE",
        "DEBUG, DEBUG",
        "INFO, INFO",
        "WARN, WARN",
        "WARNING, WARN",
        "ERROR, ERROR",
        "CRITICAL, ERROR",
        "info, INFO",
        "' Warning ', WARN"
    })
    void every_name_that_users_know_is_understood(String name, LogLevel level) {
        assertThat(LogLevel.of(name)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"VERBOSE", "''", "10"})
    void an_unknown_name_is_refused_with_the_allowed_ones(String name) {
        assertThatThrownBy(() -> LogLevel.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContainingAll("TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
    }

    @Test
    void levels_are_ordered_by_severity() {
        assertThat(LogLevel.values()).isSorted().startsWith(LogLevel.TRACE).endsWith(LogLevel.ERROR);
    }
}
