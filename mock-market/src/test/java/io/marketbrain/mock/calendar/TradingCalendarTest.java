package io.marketbrain.mock.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.mock.Bar;
import io.marketbrain.mock.BidAsk;
import io.marketbrain.mock.Market;
import io.marketbrain.mock.MarketSamples;
import io.marketbrain.model.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** When markets trade. Java's own time-zone data is the reference for the years whose rules are final. */
class TradingCalendarTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final long FOREVER = Long.MAX_VALUE;

    /** Weekdays without trading, as published by the exchange. */
    private static final Set<String> HOLIDAYS = Set.of(
            "2001-09-11",
            "2001-09-12",
            "2001-09-13",
            "2001-09-14",
            "2012-10-29",
            "2012-10-30",
            "2021-01-01",
            "2021-01-18",
            "2021-02-15",
            "2021-04-02",
            "2021-05-31",
            "2021-07-05",
            "2021-09-06",
            "2021-11-25",
            "2021-12-24",
            "2022-01-17",
            "2022-02-21",
            "2022-04-15",
            "2022-05-30",
            "2022-06-20",
            "2022-07-04",
            "2022-09-05",
            "2022-11-24",
            "2022-12-26",
            "2023-01-02",
            "2023-01-16",
            "2023-02-20",
            "2023-04-07",
            "2023-05-29",
            "2023-06-19",
            "2023-07-04",
            "2023-09-04",
            "2023-11-23",
            "2023-12-25",
            "2024-01-01",
            "2024-01-15",
            "2024-02-19",
            "2024-03-29",
            "2024-05-27",
            "2024-06-19",
            "2024-07-04",
            "2024-09-02",
            "2024-11-28",
            "2024-12-25",
            "2025-01-01",
            "2025-01-09",
            "2025-01-20",
            "2025-02-17",
            "2025-04-18",
            "2025-05-26",
            "2025-06-19",
            "2025-07-04",
            "2025-09-01",
            "2025-11-27",
            "2025-12-25");

    private static final Set<String> SHORT_DAYS = Set.of(
            "2023-07-03",
            "2023-11-24",
            "2024-07-03",
            "2024-11-29",
            "2024-12-24",
            "2025-07-03",
            "2025-11-28",
            "2025-12-24");

    @Test
    void stocks_trade_on_every_weekday_except_holidays() {
        for (int year : List.of(2001, 2012, 2021, 2022, 2023, 2024, 2025)) {
            Set<String> days = days(Interval.D1, LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1));
            for (LocalDate d = LocalDate.of(year, 1, 1); d.getYear() == year; d = d.plusDays(1)) {
                boolean weekday = d.getDayOfWeek().getValue() <= 5;
                if (HOLIDAYS.contains(d.toString()) || !weekday) {
                    assertThat(days).doesNotContain(d.toString());
                } else if (year >= 2021) {
                    assertThat(days).contains(d.toString());
                }
            }
        }
    }

    @Test
    void no_intraday_stock_candle_opens_while_the_exchange_is_closed() {
        Market market = MarketSamples.market(MarketSamples.AAPL);
        for (int year : List.of(1986, 1987, 2006, 2007, 2024, 2030)) {
            long from = LocalDate.of(year, 1, 1).toEpochDay() * SupportedYears.DAY;
            List<Bar> bars = market.candles(Interval.M15, from, from + 366 * SupportedYears.DAY, FOREVER, 100_000);
            assertThat(bars).hasSizeBetween(6300, 6700);
            for (Bar bar : bars) {
                var local = Instant.ofEpochMilli(bar.start()).atZone(NEW_YORK);
                assertThat(local.getDayOfWeek().getValue()).isLessThan(6);
                assertThat(local.toLocalTime()).isBetween(LocalTime.of(9, 30), LocalTime.of(15, 45));
            }
        }
    }

    @Test
    void a_full_trading_day_has_390_minutes_and_a_short_one_210() {
        Market market = MarketSamples.market(MarketSamples.AAPL);
        for (int year : List.of(2023, 2024, 2025)) {
            for (LocalDate d = LocalDate.of(year, 1, 1); d.getYear() == year; d = d.plusDays(1)) {
                long from = d.toEpochDay() * SupportedYears.DAY;
                int minutes = market.candles(Interval.M1, from, from + SupportedYears.DAY, FOREVER, 2000)
                        .size();
                boolean closed =
                        HOLIDAYS.contains(d.toString()) || d.getDayOfWeek().getValue() > 5;
                int expected = closed ? 0 : SHORT_DAYS.contains(d.toString()) ? 210 : 390;
                assertThat(minutes).describedAs(d.toString()).isEqualTo(expected);
            }
        }
    }

    @Test
    void clock_changes_follow_the_rules_of_their_year() {
        for (LocalDate d = LocalDate.of(1980, 1, 1); d.getYear() < 2038; d = d.plusDays(1)) {
            int hours = d.atTime(17, 0).atZone(NEW_YORK).getOffset().getTotalSeconds() / -3600;
            assertThat(new NyseYear(d.getYear()).hoursBehind(d.toEpochDay()))
                    .describedAs(d.toString())
                    .isEqualTo(hours);
        }
    }

    @Test
    void computes_the_date_of_easter() {
        assertThat(List.of(1981, 2008, 2011, 2024, 2025, 2038, 2076, 2100))
                .extracting(year -> NyseCalendar.easter(year).toString())
                .containsExactly(
                        "1981-04-19",
                        "2008-03-23",
                        "2011-04-24",
                        "2024-03-31",
                        "2025-04-20",
                        "2038-04-25",
                        "2076-04-19",
                        "2100-03-28");
    }

    @Test
    void currencies_do_not_trade_from_friday_to_sunday_evening_in_new_york() {
        Market market = MarketSamples.market(MarketSamples.EURUSD);
        long from = MarketSamples.millis("2024-03-01T00:00:00Z");
        List<Bar> hours = market.candles(Interval.H1, from, from + 30 * SupportedYears.DAY, FOREVER, 1000);
        assertThat(hours).hasSizeGreaterThan(450);
        for (Bar hour : hours) {
            var local = Instant.ofEpochMilli(hour.start()).atZone(NEW_YORK);
            boolean open = switch (local.getDayOfWeek()) {
                case SATURDAY -> false;
                case SUNDAY -> local.getHour() >= 17;
                case FRIDAY -> local.getHour() < 17;
                default -> true;
            };
            assertThat(open).describedAs(local.toString()).isTrue();
        }
    }

    @Test
    void commodities_close_for_an_hour_a_day() {
        Market market = MarketSamples.market(MarketSamples.WTI);
        long from = MarketSamples.millis("2024-06-10T00:00:00Z");
        Set<Integer> hours = market.candles(Interval.H1, from, from + 4 * SupportedYears.DAY, FOREVER, 1000).stream()
                .map(b -> Instant.ofEpochMilli(b.start()).atZone(NEW_YORK).getHour())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(hours).hasSize(23).doesNotContain(17);
    }

    @Test
    void a_closed_market_returns_the_quote_of_its_close() {
        Market market = MarketSamples.market(MarketSamples.AAPL);
        long closing = MarketSamples.millis("2024-02-16T21:00:00Z");
        BidAsk friday = market.quoteAt(closing);
        BidAsk holiday = market.quoteAt(MarketSamples.millis("2024-02-19T15:00:00Z"));
        assertThat(holiday).isEqualTo(friday);
        assertThat(friday.time()).isEqualTo(closing);
        assertThat(market.candles(Interval.D1, closing - SupportedYears.DAY, closing, FOREVER, 9)
                        .getLast()
                        .close())
                .isEqualTo(friday.last());
    }

    private static Set<String> days(Interval interval, LocalDate from, LocalDate to) {
        return MarketSamples.market(MarketSamples.AAPL)
                .candles(
                        interval,
                        from.toEpochDay() * SupportedYears.DAY,
                        to.toEpochDay() * SupportedYears.DAY,
                        FOREVER,
                        1000)
                .stream()
                .map(b -> Instant.ofEpochMilli(b.start())
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString())
                .collect(Collectors.toSet());
    }
}
