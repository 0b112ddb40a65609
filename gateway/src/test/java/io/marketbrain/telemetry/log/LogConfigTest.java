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
                refused("log.queue_lines is 0, but must be from 1 to 100000", s -> s.queueLines(0)),
                refused("log.queue_lines is 100001, but", s -> s.queueLines(100_001)),
                refused("log.line_length is 511, but must be from 512 to 65536", s -> s.lineLength(511)),
                refused(
                        "log.queue_bytes is 32767, but must be from 2048 to 268435456 and at least four times log.line_length",
                        s -> s.queueBytes(32_767)),
                refused("log.stack_frames is -1, but must be from 0 to 1000", s -> s.stackFrames(-1)),
                refused(
                        "log.file_bytes is 32767, but must be from 2048 to 1073741824 and at least four times log.line_length",
                        s -> s.fileBytes(32_767)),
                refused("log.files_kept is 100, but must be from 0 to 99", s -> s.filesKept(100)),
                refused("log.drain_time is -1s, but must be from 0s to 10s", s -> s.drainTime(Duration.ofSeconds(-1))),
                refused("log.drain_time is 11s, but", s -> s.drainTime(Duration.ofSeconds(11))),
                refused("log.file is '/', but must name a file", s -> s.file(Path.of("/"))));
    }

    private static Arguments refused(String message, UnaryOperator<LogSettings> change) {
        return Arguments.of(message, change);
    }
}
