package io.marketbrain.cli.candles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RangeProgressTest {
    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2024-01-11T00:00:00Z");

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RangeProgress progress =
            new RangeProgress(new PrintStream(terminal, true, StandardCharsets.UTF_8), () -> now, FROM, TO);

    private static RangePosition at(long rows, String open) {
        return new RangePosition(rows, Instant.parse(open));
    }

    @Test
    void names_rows_rate_share_and_the_time_left() {
        assertThat(progress.text(at(3600, "2024-01-03T12:00:00Z"), Duration.ofSeconds(2)))
                .isEqualTo("3,600 candles, 1,800/s, 25 %, 6 s left");
        assertThat(progress.text(at(3600, "2024-01-03T12:00:00Z"), Duration.ofMinutes(1)))
                .isEqualTo("3,600 candles, 60/s, 25 %, 3 min 0 s left");
        assertThat(progress.text(RangePosition.START, Duration.ZERO)).isEqualTo("0 candles, 0/s");
    }

    @Test
    void is_shown_a_few_times_a_second_on_one_line_that_is_removed_at_the_end() {
        progress.show(at(1000, "2024-01-02T00:00:00Z"));
        assertThat(terminal.size()).isZero();
        now = now.plusSeconds(1);
        progress.show(at(1000, "2024-01-02T00:00:00Z"));
        progress.show(at(2000, "2024-01-03T00:00:00Z"));
        progress.clear();
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[K1,000 candles, 1,000/s, 10 %, 9 s left\r\r\u001b[K");
    }
}
