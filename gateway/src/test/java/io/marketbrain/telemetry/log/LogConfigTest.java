package io.marketbrain.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogConfigTest {

    @Test
    void the_defaults_match_the_documentation() {
        LogConfig config = LogConfig.defaults();

        assertThat(config.level()).isEqualTo(LogLevel.INFO);
        assertThat(config.terminal()).isEqualTo(LogConfig.Terminal.STDOUT);
        assertThat(config.queueLines()).isEqualTo(1000);
        assertThat(config.file()).isEqualTo(Path.of("logs/critical_errors.log"));
        assertThat(config.drainTime()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @MethodSource
    void a_value_out_of_range_is_refused_by_name(String message, UnaryOperator<LogSettings> change) {
        assertThatThrownBy(() -> change.apply(LogSettings.defaults()).config())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> a_value_out_of_range_is_refused_by_name() {
        return Stream.of(
                refused("log queue lines 0 is not within 1 to 100000", s -> s.queueLines(0)),
                refused("log queue lines 100001 is not", s -> s.queueLines(100_001)),
                refused("log line length 511 is not within 512 to 65536", s -> s.lineLength(511)),
                refused("log queue bytes 32767 is not within 32768 to", s -> s.queueBytes(32_767)),
                refused("log stack frames -1 is not within 0 to 1000", s -> s.stackFrames(-1)),
                refused("log file bytes 32767 is not within 32768 to", s -> s.fileBytes(32_767)),
                refused("log files kept 100 is not within 0 to 99", s -> s.filesKept(100)),
                refused("log drain time PT-1S is not within PT0S to PT10S", s -> s.drainTime(Duration.ofSeconds(-1))),
                refused("log drain time PT11S is not", s -> s.drainTime(Duration.ofSeconds(11))),
                refused("log file '/' names no file", s -> s.file(Path.of("/"))));
    }

    private static Arguments refused(String message, UnaryOperator<LogSettings> change) {
        return Arguments.of(message, change);
    }
}
