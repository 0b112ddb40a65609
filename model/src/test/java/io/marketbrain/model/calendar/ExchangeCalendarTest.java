package io.marketbrain.model.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeCalendarTest {
    private static ExchangeCalendar exchange(String mic) {
        return ExchangeCalendar.find(mic, ExchangeCalendar.findZone(mic).orElseThrow())
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "XNYS, 2024-12-24, 2024-12-24T14:30:00Z, 2024-12-24T18:00:00Z",
        "XNAS, 2026-07-02, 2026-07-02T13:30:00Z, 2026-07-02T20:00:00Z",
        "XLON, 2025-12-31, 2025-12-31T08:00:00Z, 2025-12-31T12:30:00Z",
        "XETR, 2026-12-30, 2026-12-30T08:00:00Z, 2026-12-30T13:00:00Z",
        "XPAR, 2026-12-24, 2026-12-24T08:00:00Z, 2026-12-24T13:05:00Z",
        "XHKG, 2026-02-16, 2026-02-16T01:30:00Z, 2026-02-16T04:00:00Z",
        "XASX, 2026-07-01, 2026-07-01T00:00:00Z, 2026-07-01T06:00:00Z",
        "XBRU, 2026-12-31, 2026-12-31T08:00:00Z, 2026-12-31T13:05:00Z",
        "XLIS, 2025-07-01, 2025-07-01T07:00:00Z, 2025-07-01T15:30:00Z",
        "XSTO, 2024-11-01, 2024-11-01T08:00:00Z, 2024-11-01T12:00:00Z",
        "XOSL, 2025-04-16, 2025-04-16T07:00:00Z, 2025-04-16T11:00:00Z",
        "XKRX, 2024-11-13, 2024-11-13T00:00:00Z, 2024-11-13T06:30:00Z",
        "XKRX, 2024-11-14, 2024-11-14T01:00:00Z, 2024-11-14T07:30:00Z",
        "XKRX, 2025-01-02, 2025-01-02T01:00:00Z, 2025-01-02T06:30:00Z",
        "XKRX, 2025-11-13, 2025-11-13T01:00:00Z, 2025-11-13T07:30:00Z",
        "BVMF, 2026-02-18, 2026-02-18T16:00:00Z, 2026-02-18T20:55:00Z",
        "BVMF, 2026-03-06, 2026-03-06T13:00:00Z, 2026-03-06T20:55:00Z",
        "BVMF, 2026-03-09, 2026-03-09T13:00:00Z, 2026-03-09T19:55:00Z",
        "XMEX, 2026-03-06, 2026-03-06T14:30:00Z, 2026-03-06T21:00:00Z",
        "XMEX, 2026-03-09, 2026-03-09T13:30:00Z, 2026-03-09T20:00:00Z",
        "XSGO, 2026-06-10, 2026-06-10T13:30:00Z, 2026-06-10T20:00:00Z",
        "XSGO, 2026-01-07, 2026-01-07T12:30:00Z, 2026-01-07T20:00:00Z",
        "XSTU, 2026-07-01, 2026-07-01T06:00:00Z, 2026-07-01T20:00:00Z",
        "XFRA, 2026-12-30, 2026-12-30T07:00:00Z, 2026-12-30T13:00:00Z",
        "XNSE, 2024-01-20, 2024-01-20T03:45:00Z, 2024-01-20T10:00:00Z",
        "XBOM, 2025-02-01, 2025-02-01T03:45:00Z, 2025-02-01T10:00:00Z",
        "XNSE, 2026-02-01, 2026-02-01T03:45:00Z, 2026-02-01T10:00:00Z",
        "XTAE, 2025-11-02, 2025-11-02T08:00:00Z, 2025-11-02T13:40:00Z",
        "XTAE, 2026-01-09, 2026-01-09T08:00:00Z, 2026-01-09T11:50:00Z",
        "XTAE, 2026-09-28, 2026-09-28T07:00:00Z, 2026-09-28T11:15:00Z",
        "XIST, 2025-10-28, 2025-10-28T07:00:00Z, 2025-10-28T09:30:00Z",
        "XMUN, 2026-07-01, 2026-07-01T06:00:00Z, 2026-07-01T18:00:00Z",
        "XSGO, 2025-12-24, 2025-12-24T12:30:00Z, 2025-12-24T16:00:00Z",
        "XNZE, 2026-12-31, 2026-12-30T21:00:00Z, 2026-12-30T23:45:00Z",
        "XKRX, 2026-11-19, 2026-11-19T01:00:00Z, 2026-11-19T07:30:00Z",
        "XKRX, 2027-11-18, 2027-11-18T01:00:00Z, 2027-11-18T07:30:00Z",
        "XJSE, 2025-12-24, 2025-12-24T07:00:00Z, 2025-12-24T10:00:00Z",
        "XSAU, 2026-03-08, 2026-03-08T07:00:00Z, 2026-03-08T12:00:00Z",
        "XNSE, 2026-03-04, 2026-03-04T03:45:00Z, 2026-03-04T10:00:00Z",
    })
    void a_session_has_the_hours_of_its_day(String mic, LocalDate day, Instant opens, Instant closes) {
        assertThat(exchange(mic).sessions(day)).containsExactly(new TradingSession(opens, closes));
    }

    @ParameterizedTest
    @CsvSource({
        "XNYS, 2025-01-09",
        "XTSE, 2026-12-28",
        "XLON, 2027-12-27",
        "XETR, 2026-12-31",
        "XAMS, 2026-04-06",
        "XSWX, 2026-05-14",
        "XTKS, 2026-09-22",
        "XHKG, 2024-09-06",
        "XASX, 2027-01-26",
        "XNYS, 2026-03-07",
        "XSHG, 2025-10-08",
        "XBOM, 2024-01-22",
        "XKRX, 2025-06-03",
        "XCSE, 2026-05-15",
        "XHEL, 2024-12-06",
        "XMIL, 2025-08-15",
        "XSES, 2026-11-09",
        "XTAE, 2025-11-07",
        "XKRX, 2026-07-17",
        "XTAE, 2025-10-13",
        "XTAE, 2026-10-27",
        "XSAU, 2026-05-24",
        "XBKK, 2026-10-16",
        "XIDX, 2025-03-28",
        "XKLS, 2025-09-15",
        "XDUB, 2026-12-28",
        "XICE, 2026-04-23",
        "XMEX, 2024-10-01",
        "XJSE, 2026-11-04",
        "XIST, 2026-05-27",
        "XWAR, 2025-06-19",
        "XWBO, 2026-10-26",
        "XTAE, 2026-01-04",
        "XTAE, 2026-01-11",
        "XNSE, 2026-02-07",
        "XSAU, 2026-03-06",
        "XSTU, 2026-12-24",
        "XTAI, 2026-02-12",
        "ROCO, 2024-10-31",
        "XNZE, 2026-07-10",
        "XATH, 2024-05-07",
        "XATH, 2027-03-15",
        "XATH, 2027-06-21",
        "XPRA, 2026-07-06",
        "XBUD, 2025-05-02",
        "XSGO, 2024-09-20",
        "XICE, 2024-04-25",
        "XKRX, 2027-05-03",
        "XMIL, 2027-12-24",
        "BVMF, 2027-05-27",
        "XIST, 2027-03-09",
    })
    void an_exchange_is_closed_on_its_holidays_and_at_weekends(String mic, LocalDate day) {
        assertThat(exchange(mic).isTradingDay(day)).isFalse();
        assertThat(exchange(mic).sessions(day)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-05-09", "2025-06-19", "2026-10-05", "2027-05-17"})
    void public_holidays_that_an_exchange_does_not_observe_are_trading_days(LocalDate day) {
        assertThat(exchange("XETR").isTradingDay(day)).isTrue();
        assertThat(exchange("XASX").isTradingDay(day)).isTrue();
    }

    @Test
    void an_exchange_may_close_for_lunch() {
        List<TradingSession> sessions = exchange("XTKS").sessions(LocalDate.parse("2026-03-04"));
        assertThat(sessions)
                .containsExactly(
                        new TradingSession(
                                Instant.parse("2026-03-04T00:00:00Z"), Instant.parse("2026-03-04T02:30:00Z")),
                        new TradingSession(
                                Instant.parse("2026-03-04T03:30:00Z"), Instant.parse("2026-03-04T06:30:00Z")));
    }

    @Test
    void without_a_known_mic_the_main_exchange_of_the_zone_counts() {
        ExchangeCalendar london = ExchangeCalendar.find(null, "Europe/London").orElseThrow();
        assertThat(london.isTradingDay(LocalDate.parse("2026-08-31"))).isFalse();
        ExchangeCalendar elsewhere =
                ExchangeCalendar.find("XXXX", "Europe/London").orElseThrow();
        assertThat(elsewhere.knows(LocalDate.parse("2026-08-31")))
                .as("another exchange in London may have other holidays")
                .isFalse();
        assertThat(ExchangeCalendar.find(null, "Nowhere/Atlantis")).isEmpty();
    }

    @Test
    void a_mic_counts_more_than_the_zone_also_if_nothing_is_known_about_it() {
        assertThat(ExchangeCalendar.find("XLON", "America/New_York").orElseThrow())
                .isSameAs(exchange("XLON"));
        ExchangeCalendar karachi =
                ExchangeCalendar.find("XKAR", "America/New_York").orElseThrow();
        assertThat(karachi.knows(LocalDate.parse("2026-08-31"))).isFalse();
        assertThat(karachi.knowsHours()).isFalse();
        assertThat(exchange("XKLS").knowsHours()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"XBUD, 2027", "XBUE, 2026", "XSAU, 2027", "XSHG, 2027", "XTAI, 2027"})
    void of_years_that_are_not_in_the_table_no_holiday_is_known(String mic, int year) {
        assertThat(exchange(mic).knows(LocalDate.of(year, 6, 1))).isFalse();
    }

    @Test
    void a_lunch_break_differs_from_exchange_to_exchange() {
        assertThat(exchange("XSHG").sessions(LocalDate.parse("2026-03-04")))
                .containsExactly(
                        new TradingSession(
                                Instant.parse("2026-03-04T01:30:00Z"), Instant.parse("2026-03-04T03:30:00Z")),
                        new TradingSession(
                                Instant.parse("2026-03-04T05:00:00Z"), Instant.parse("2026-03-04T07:00:00Z")));
        assertThat(exchange("XNSE").sessions(LocalDate.parse("2024-03-02")))
                .as("a session at the weekend")
                .containsExactly(
                        new TradingSession(
                                Instant.parse("2024-03-02T03:45:00Z"), Instant.parse("2024-03-02T04:30:00Z")),
                        new TradingSession(
                                Instant.parse("2024-03-02T06:00:00Z"), Instant.parse("2024-03-02T07:00:00Z")));
        assertThat(exchange("XSES").sessions(LocalDate.parse("2025-12-24")))
                .containsExactly(new TradingSession(
                        Instant.parse("2025-12-24T01:00:00Z"), Instant.parse("2025-12-24T04:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-07-01T21:00:00Z, 2024-07-02",
        "2024-07-01T20:59:59Z, 2024-07-01",
        "2024-07-01T23:00:00Z, 2024-07-02",
        "2024-07-02T04:00:00Z, 2024-07-02",
        "2024-01-01T22:00:00Z, 2024-01-02",
        "2024-01-07T22:00:00Z, 2024-01-08"
    })
    void a_day_of_foreign_exchange_begins_at_17_in_new_york(Instant instant, LocalDate day) {
        assertThat(CurrencyWeek.tradingDay(instant)).isEqualTo(day);
    }

    @Test
    void of_an_unknown_exchange_and_in_other_years_only_weekends_are_closed() {
        ExchangeCalendar karachi = ExchangeCalendar.find(null, "Asia/Karachi").orElseThrow();
        assertThat(karachi.knows(LocalDate.parse("2026-03-04"))).isFalse();
        assertThat(karachi.isTradingDay(LocalDate.parse("2026-12-25"))).isTrue();
        assertThat(karachi.isTradingDay(LocalDate.parse("2026-12-26"))).isFalse();
        assertThat(exchange("XNYS").knows(LocalDate.parse("2027-12-31"))).isTrue();
        assertThat(exchange("XNYS").knows(LocalDate.parse("2028-01-03"))).isFalse();
        assertThat(exchange("XNYS").isTradingDay(LocalDate.parse("2028-12-25"))).isTrue();
    }

    @Test
    void every_day_with_other_hours_is_a_trading_day_and_every_year_has_about_as_many_trading_days() {
        ExchangeTable.BY_MIC.forEach((mic, calendar) -> {
            for (int year = 2024; year <= 2027; year++) {
                if (!calendar.knows(LocalDate.of(year, 1, 1))) {
                    continue;
                }
                long days = LocalDate.of(year, 1, 1)
                        .datesUntil(LocalDate.of(year + 1, 1, 1))
                        .filter(calendar::isTradingDay)
                        .count();
                assertThat(days).as("%s %s", mic, year).isBetween(230L, 259L);
                assertThat(LocalDate.of(year, 1, 1)
                                .datesUntil(LocalDate.of(year + 1, 1, 1))
                                .filter(calendar::hasOtherHours))
                        .as("%s %s", mic, year)
                        .allMatch(calendar::isTradingDay);
            }
        });
    }

    @Test
    void the_ecb_publishes_no_rates_on_the_closing_days_of_the_euro_system() {
        assertThat(ExchangeCalendar.euroSystem().isTradingDay(LocalDate.parse("2026-05-01")))
                .isFalse();
        assertThat(ExchangeCalendar.euroSystem().isTradingDay(LocalDate.parse("2026-12-24")))
                .isTrue();
    }

    @Test
    void currencies_trade_from_sunday_to_friday_in_new_york() {
        TradingSession week = CurrencyWeek.lastBegun(Instant.parse("2026-03-07T12:00:00Z"));
        assertThat(week)
                .isEqualTo(new TradingSession(
                        Instant.parse("2026-03-01T22:00:00Z"), Instant.parse("2026-03-06T22:00:00Z")));
        TradingSession next = CurrencyWeek.after(week);
        assertThat(next)
                .isEqualTo(new TradingSession(
                        Instant.parse("2026-03-08T21:00:00Z"), Instant.parse("2026-03-13T21:00:00Z")));
        assertThat(next.overlap(Instant.parse("2026-03-07T00:00:00Z"), Instant.parse("2026-03-08T22:00:00Z")))
                .isEqualTo(Duration.ofHours(1));
    }
}
