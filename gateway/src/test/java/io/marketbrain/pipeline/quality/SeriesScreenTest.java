package io.marketbrain.pipeline.quality;

import static io.marketbrain.pipeline.quality.QualitySamples.NOW;
import static io.marketbrain.pipeline.quality.QualitySamples.checks;
import static io.marketbrain.pipeline.quality.QualitySamples.listing;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SeriesScreenTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final Listing STOCK = listing(AssetType.STOCK, "America/New_York");

    /** Candles that go up and down, each of which opens where the one before closed. */
    private static List<Candle> walk(int count, UnaryOperator<Candle> change) {
        List<Candle> all = new ArrayList<>();
        BigDecimal open = new BigDecimal("100");
        for (int i = 0; i < count; i++) {
            BigDecimal close = open.add(new BigDecimal(i % 3 == 0 ? "-1.7" : "1.1"));
            all.add(change.apply(candle(
                    NOW.minus(Duration.ofHours(count - i)), open, open.max(close), open.min(close), close, "5")));
            open = close;
        }
        return all;
    }

    private static Candle candle(
            Instant time, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, String volume) {
        return new Candle(time, open, high, low, close, new BigDecimal(volume), null, null, true);
    }

    private static Candle swapped(Candle c) {
        return new Candle(c.openTime(), c.close(), c.high(), c.low(), c.open(), c.volume(), null, null, true);
    }

    private static Candle withoutVolume(Candle c) {
        return candle(c.openTime(), c.open(), c.high(), c.low(), c.close(), "0");
    }

    private static Findings screened(List<Candle> candles) {
        return SeriesScreen.screen(
                new Candles(QualitySamples.LISTING, Interval.H1, candles, List.of(), null), Findings.NONE);
    }

    @Test
    void candles_whose_open_and_close_are_exchanged_throughout_are_flagged() {
        assertThat(checks(screened(walk(40, c -> c)))).isEmpty();
        assertThat(checks(screened(walk(40, SeriesScreenTest::swapped))))
                .containsExactly(QualityCheck.SWAPPED_OPEN_CLOSE);
        assertThat(checks(screened(walk(8, SeriesScreenTest::swapped))))
                .as("too few to tell")
                .isEmpty();
    }

    @Test
    void a_single_candle_with_exchanged_open_and_close_is_flagged_where_candles_join() {
        List<Candle> candles = walk(40, c -> c);
        candles.set(20, swapped(candles.get(20)));
        Findings found = screened(candles);
        assertThat(checks(found)).containsExactly(QualityCheck.SWAPPED_OPEN_CLOSE);
        assertThat(found.toString()).contains(candles.get(20).openTime().toString());
    }

    @Test
    void candles_that_moved_without_volume_are_flagged_where_the_others_have_some() {
        List<Candle> candles = walk(40, c -> c);
        for (int i = 20; i < 24; i++) {
            candles.set(i, withoutVolume(candles.get(i)));
        }
        Findings found = screened(candles);
        assertThat(checks(found)).containsExactly(QualityCheck.ZERO_VOLUME);
        assertThat(found.toString())
                .contains("4 candles from " + candles.get(20).openTime() + " on", "36 of the 36 others");
        assertThat(checks(screened(walk(40, SeriesScreenTest::withoutVolume))))
                .as("the provider knows no volumes")
                .isEmpty();
    }

    @Test
    void pence_and_pounds_are_told_apart_in_candles_that_hardly_move() {
        List<Candle> days = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            BigDecimal price = new BigDecimal(i < 4 || i > 12 ? "0.1455" : "14.55");
            days.add(candle(MONDAY.plus(Duration.ofDays(i / 5 * 7 + i % 5)), price, price, price, price, "0"));
        }
        Findings found = SeriesScreen.screen(new Candles(STOCK, Interval.D1, days, List.of(), null), Findings.NONE);
        assertThat(checks(found)).contains(QualityCheck.SUSPECTED_FACTOR);
        assertThat(found.toString()).contains("suspected factor 100: 14.55 after 0.1455");
    }

    @Test
    void daily_candles_of_a_stock_that_end_four_sessions_ago_are_stale_and_a_long_weekend_is_not() {
        // Monday the 19th is a holiday.
        assertThat(staleDays("2026-01-16", "2026-01-20T23:00:00Z")).isFalse();
        assertThat(staleDays("2026-01-16", "2026-01-23T23:00:00Z")).isTrue();
    }

    /** Whether candles of weekdays up to a day are stale at an instant. */
    private static boolean staleDays(String last, String now) {
        List<Candle> days = new ArrayList<>();
        Instant end = Instant.parse(last + "T00:00:00Z");
        for (Instant day = MONDAY.minus(Duration.ofDays(56)); !day.isAfter(end); day = day.plus(Duration.ofDays(1))) {
            if (Math.floorMod(Duration.between(MONDAY, day).toDays(), 7) < 5) {
                BigDecimal price = BigDecimal.TEN;
                days.add(candle(day, price, price, price, price, "5"));
            }
        }
        return isStale(STOCK, Interval.D1, days, Instant.parse(now));
    }

    @Test
    void one_hole_in_the_candles_does_not_become_the_rhythm_of_the_instrument() {
        List<Candle> hours = walk(60, c -> c);
        hours.subList(20, 40).clear();
        assertThat(isStale(QualitySamples.LISTING, Interval.H1, hours, NOW.plus(Duration.ofHours(2))))
                .isFalse();
        assertThat(isStale(QualitySamples.LISTING, Interval.H1, hours, NOW.plus(Duration.ofHours(5))))
                .isTrue();
    }

    @Test
    void candles_of_an_instrument_that_is_seldom_traded_may_be_as_old_as_usual() {
        List<Candle> hours = walk(200, c -> c);
        hours.removeIf(candle -> candle.openTime().getEpochSecond() / 3600 % 5 != 0);
        assertThat(isStale(QualitySamples.LISTING, Interval.H1, hours, NOW.plus(Duration.ofHours(12))))
                .isFalse();
    }

    private static boolean isStale(Listing listing, Interval interval, List<Candle> candles, Instant now) {
        Instrument instrument = listing.instrument();
        var query = new CandlesQuery(QualitySamples.BINANCE, instrument, interval, null, null, candles.size());
        return checks(StalenessScreen.screen(
                        query, new Candles(listing, interval, candles, List.of(), null), now, Findings.NONE))
                .contains(QualityCheck.STALE_FEED);
    }
}
