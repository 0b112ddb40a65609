package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveRowTest {
    private static Candle candle(String time, String open, String high, String low, String close, String volume) {
        return new Candle(
                Instant.parse(time),
                new BigDecimal(open),
                new BigDecimal(high),
                new BigDecimal(low),
                new BigDecimal(close),
                new BigDecimal(volume),
                null,
                null,
                true);
    }

    private static List<Candle> merged(String before, String last, Interval interval) {
        List<Candle> candles = new ArrayList<>();
        candles.add(candle(before, "10", "12", "9", "11", "100"));
        candles.add(candle(last, "11", "15", "10", "14", "7"));
        LiveRow.merge(candles, interval);
        return candles;
    }

    @Test
    void a_part_of_a_week_is_added_to_it() {
        assertThat(merged("2026-02-02T05:00:00Z", "2026-02-04T18:02:11Z", Interval.W1))
                .containsExactly(candle("2026-02-02T05:00:00Z", "10", "15", "9", "14", "107"));
    }

    @Test
    void a_day_that_is_there_twice_has_the_later_volume() {
        assertThat(merged("2026-02-02T14:30:00Z", "2026-02-02T18:02:11Z", Interval.D1))
                .containsExactly(candle("2026-02-02T14:30:00Z", "10", "15", "9", "14", "7"));
    }

    @ParameterizedTest
    @CsvSource({
        "5m, 2026-02-02T14:30:00Z, 2026-02-02T14:33:12Z, true",
        "5m, 2026-02-02T14:30:00Z, 2026-02-02T14:35:00Z, false",
        "1M, 2026-02-01T05:00:00Z, 2026-02-18T19:00:00Z, true",
        "1M, 2026-02-01T05:00:00Z, 2026-03-01T05:00:00Z, false",
        // The first of March in Tokyo is still February in UTC.
        "1M, 2026-02-28T15:00:00Z, 2026-03-10T02:00:00Z, true",
        "1M, 2026-02-28T15:00:00Z, 2026-03-31T15:00:00Z, false",
        // A week and a day in which the clock is put forward
        "1w, 2026-03-02T05:00:00Z, 2026-03-09T04:00:00Z, false",
        "1d, 2026-03-28T00:00:00Z, 2026-03-28T23:00:00Z, false",
    })
    void only_what_opens_within_the_candle_before_is_a_part_of_it(
            String interval, String before, String last, boolean part) {
        assertThat(merged(before, last, Interval.find(interval).orElseThrow())).hasSize(part ? 1 : 2);
    }

    @ParameterizedTest
    @CsvSource({
        "1d, 2026-02-02T14:30:00Z, 2026-02-03T18:02:11Z, 2026-02-03T14:30:00Z",
        "1d, 2026-02-06T14:30:00Z, 2026-02-09T20:59:59Z, 2026-02-09T14:30:00Z",
        "1d, 2026-02-06T14:30:00Z, 2026-02-09T14:30:00Z, 2026-02-09T14:30:00Z",
        "1w, 2026-02-02T05:00:00Z, 2026-02-10T18:02:11Z, 2026-02-09T05:00:00Z",
        // The clock was changed at the weekend, by an hour either way.
        "1d, 2026-03-06T14:30:00Z, 2026-03-09T13:30:00Z, 2026-03-09T13:30:00Z",
        "1d, 2026-10-30T13:30:00Z, 2026-11-02T14:30:00Z, 2026-11-02T14:30:00Z",
        // After a pause at noon, candles of an hour open at another minute.
        "1h, 2026-02-02T03:30:00Z, 2026-02-02T05:00:04Z, 2026-02-02T05:00:04Z",
        "1M, 2026-02-01T05:00:00Z, 2026-03-18T19:00:00Z, 2026-03-18T19:00:00Z",
    })
    void a_later_day_or_week_is_dated_by_its_opening(String interval, String before, String last, String opening) {
        assertThat(merged(before, last, Interval.find(interval).orElseThrow()))
                .last()
                .isEqualTo(candle(opening, "11", "15", "10", "14", "7"));
    }
}
