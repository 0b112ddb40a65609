package io.marketbrain.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeExpressionTest {
    private static final Instant NOW = Instant.parse("2024-03-31T12:34:56.789Z");

    @ParameterizedTest
    @CsvSource({
        "-30d, 2024-03-01T12:34:56Z",
        "-12h, 2024-03-31T00:34:56Z",
        "-90m, 2024-03-31T11:04:56Z",
        "-1w, 2024-03-24T12:34:56Z",
        "-1M, 2024-02-29T12:34:56Z",
        "-1y, 2023-03-31T12:34:56Z",
        "now, 2024-03-31T12:34:56.789Z",
        "today, 2024-03-31T00:00:00Z",
        "Yesterday, 2024-03-30T00:00:00Z",
        "2024, 2024-01-01T00:00:00Z",
        "2024-02, 2024-02-01T00:00:00Z",
        "2024-02-03, 2024-02-03T00:00:00Z",
        "2024-02-03T10:00, 2024-02-03T10:00:00Z",
        "2024-02-03 10:00:30, 2024-02-03T10:00:30Z",
        "2024-02-03T10:00:00Z, 2024-02-03T10:00:00Z",
        "2024-02-03T10:00:00+02:00, 2024-02-03T08:00:00Z",
        "1704067200, 2024-01-01T00:00:00Z",
        "1704067200000, 2024-01-01T00:00:00Z",
    })
    void reads_instants_dates_periods_and_amounts_before_now(String text, Instant instant) {
        assertThat(TimeExpression.find(text, ZoneOffset.UTC, NOW)).contains(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-03, 2024-02-02T23:00:00Z",
        "2024-03-31, 2024-03-30T23:00:00Z",
        "2024-07, 2024-06-30T22:00:00Z",
        "2024-07-01T10:00, 2024-07-01T08:00:00Z",
        "2024-07-01T10:00:00Z, 2024-07-01T10:00:00Z",
        "today, 2024-03-30T23:00:00Z",
    })
    void a_zone_applies_to_times_that_name_none(String text, Instant instant) {
        assertThat(TimeExpression.find(text, ZoneId.of("Europe/Berlin"), NOW)).contains(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "yesterdy, yesterday",
        "tody, today",
        "2024-1-5, 2024-01-05",
        "2024/01/05, 2024-01-05",
        "2024-1-5 9:30, 2024-01-05T09:30",
        "30d, -30d",
        "-30, -30d",
        "-30D, -30d",
        "-2 weeks, -2w",
        "30 days ago, -30d",
        "-3mo, -3M",
    })
    void names_what_was_probably_meant(String wrong, String meant) {
        assertThat(TimeExpression.find(wrong, ZoneOffset.UTC, NOW)).isEmpty();
        assertThat(TimeExpression.nearest(wrong, ZoneOffset.UTC, NOW)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0662\u0660\u0662\u0664",
                "-\u0665d",
                "soon",
                "2024-13",
                "2024-02-30",
                "-1x",
                "-9999999d",
                "12345678901234"
            })
    void suggests_nothing_for_what_is_no_time(String text) {
        assertThat(TimeExpression.find(text, ZoneOffset.UTC, NOW)).isEmpty();
        assertThat(TimeExpression.nearest(text, ZoneOffset.UTC, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berln, Europe/Berlin",
        "Berlin, Europe/Berlin",
        "europe/berlin, Europe/Berlin",
        "new york, America/New_York",
        "Asia/Tokio, Asia/Tokyo",
        "utc, UTC",
    })
    void names_the_nearest_time_zone(String wrong, String zone) {
        assertThat(TimeZoneOptions.nearest(wrong)).contains(zone);
    }

    @Test
    void names_no_time_zone_where_none_is_near() {
        assertThat(TimeZoneOptions.nearest("Atlantis/Poseidonia")).isEmpty();
    }
}
