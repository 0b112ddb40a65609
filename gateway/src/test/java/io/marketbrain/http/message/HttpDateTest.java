package io.marketbrain.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    private static final DateTimeFormatter PLATFORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @Test
    void matches_the_example_of_the_rfc() {
        assertThat(HttpDate.of(Instant.parse("1994-11-06T08:49:37Z").getEpochSecond()))
                .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void agrees_with_the_jdk_formatter_over_three_centuries() {
        long from = Instant.parse("1900-01-01T00:00:00Z").getEpochSecond();
        long to = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();
        new Random(42)
                .longs(20_000, from, to)
                .forEach(second ->
                        assertThat(HttpDate.of(second)).isEqualTo(PLATFORM.format(Instant.ofEpochSecond(second))));
    }
}
