package io.marketbrain.pipeline.quality;

import static io.marketbrain.pipeline.quality.QualitySamples.NOW;
import static io.marketbrain.pipeline.quality.QualitySamples.candle;
import static io.marketbrain.pipeline.quality.QualitySamples.checks;
import static io.marketbrain.pipeline.quality.QualitySamples.levels;
import static io.marketbrain.pipeline.quality.QualitySamples.listing;
import static io.marketbrain.pipeline.quality.QualitySamples.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each check finds and, as important, what it does not. */
class ScreensTest {
    @ParameterizedTest
    @CsvSource({
        "100, 99, 101, ''",
        "100, 101, 99, CROSSED_QUOTE",
        "100, 100, 100.0, CROSSED_QUOTE",
        "101, 99, 101, ''",
        "110, 99, 101, ''",
        "113, 99, 101, TRADE_OFF_QUOTE",
        "88, 99, 101, TRADE_OFF_QUOTE",
        "150, 50, 140, ''",
    })
    void a_quote_is_compared_with_itself(String price, String bid, String ask, String found) {
        Findings findings = QuoteScreen.screen(quote(price, bid, ask, NOW), NOW, Findings.NONE);
        assertThat(checks(findings)).isEqualTo(found.isEmpty() ? List.of() : List.of(QualityCheck.valueOf(found)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 | 110 | 90 | ''",
                "111 | 110 | 90 | ''",
                "89.2 | 110 | 90 | ''",
                "112 | 110 | 90 | the price 112 is above the high 110, by more than the limit of 1 %",
                "89 | 110 | 90 | the price 89 is below the low 90, by more than the limit of 1 %",
                "89 | 110 | | ''",
            })
    void a_price_is_within_the_range_of_its_day(String price, BigDecimal high, BigDecimal low, String detail) {
        var quote = new Quote(
                QualitySamples.LISTING,
                new BigDecimal(price),
                null,
                null,
                null,
                null,
                null,
                high,
                low,
                null,
                null,
                NOW);
        Findings findings = QuoteScreen.screen(quote, NOW, Findings.NONE);
        assertThat(checks(findings)).isEqualTo(detail.isEmpty() ? List.of() : List.of(QualityCheck.OUTSIDE_RANGE));
        assertThat(findings.list()).allMatch(one -> one.detail().equals(detail));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-04T18:01:00Z, ''",
        "2026-03-04T18:01:01Z, FUTURE_TIME",
        "1990-01-01T00:00:00Z, ''",
        "1989-12-31T23:59:59Z, ABSURD_TIME",
        "1970-01-01T00:00:00Z, ABSURD_TIME",
    })
    void a_time_is_compared_with_the_clock_and_with_what_can_be(Instant time, String found) {
        Findings findings = TimeScreen.current("it", time, NOW, Findings.NONE);
        assertThat(checks(findings)).isEqualTo(found.isEmpty() ? List.of() : List.of(QualityCheck.valueOf(found)));
    }

    @Test
    void old_candles_of_a_stock_are_not_absurd_and_those_of_crypto_are() {
        assertThat(checks(TimeScreen.historic("it", Instant.EPOCH, AssetType.CRYPTO, NOW, Findings.NONE)))
                .containsExactly(QualityCheck.ABSURD_TIME);
        assertThat(TimeScreen.historic("it", Instant.EPOCH, AssetType.STOCK, NOW, Findings.NONE)
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 12, 9, 11, ''",
        "10, 10, 10, 10, ''",
        "10, 9, 8, 8.5, its open",
        "10, 11, 9, 12, its close",
        "10, 12, 10.5, 11, its open",
        "11, 12, 10.5, 10, its close",
        "5, 5, 6, 5, its low",
        "-5, -3, -40.32, -37.63, ''",
    })
    void a_candle_must_enclose_its_prices(String open, String high, String low, String close, String found) {
        var candles = new Candles(
                QualitySamples.LISTING,
                Interval.H1,
                List.of(candle(NOW.minusSeconds(3600), open, high, low, close)),
                List.of(),
                null);
        Findings findings = CandleScreen.screen(candles, NOW, Findings.NONE);
        assertThat(findings.isEmpty()).isEqualTo(found.isEmpty());
        assertThat(findings.toString()).contains(found);
    }

    @Test
    void a_thousand_contradictory_candles_make_three_findings() {
        var bad = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(i -> candle(NOW.minusSeconds(3600L * (1000 - i)), "10", "9", "8", "12"))
                .toList();
        var candles = new Candles(QualitySamples.LISTING, Interval.H1, bad, List.of(), null);
        assertThat(CandleScreen.screen(candles, NOW, Findings.NONE).list()).hasSize(3);
    }

    @Test
    void a_good_book_passes_and_an_empty_side_is_not_crossed() {
        assertThat(book(new String[] {"99x1", "98x2"}, "101x1", "102x1")).isEmpty();
        assertThat(book(new String[] {}, "101x1")).isEmpty();
    }

    @Test
    void a_book_is_flagged_for_crossing_empty_levels_and_repeated_prices() {
        assertThat(book(new String[] {"101x1"}, "101.0x1")).containsExactly(QualityCheck.CROSSED_BOOK);
        assertThat(book(new String[] {"99x0"}, "101x1")).containsExactly(QualityCheck.EMPTY_LEVEL);
        assertThat(book(new String[] {"99x1", "99.0x2"}, "101x1")).containsExactly(QualityCheck.REPEATED_LEVEL);
    }

    private static List<QualityCheck> book(String[] bids, String... asks) {
        var book = new OrderBook(QualitySamples.LISTING, levels(bids), levels(asks), null, NOW);
        return checks(BookScreen.screen(book, NOW, Findings.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        // A Friday evening in New York to a Monday morning, and past a holiday.
        "STOCK, 2026-02-27T21:00:00Z, 2026-03-02T14:40:00Z, false",
        "STOCK, 2026-02-13T21:00:00Z, 2026-02-17T16:00:00Z, false",
        "STOCK, 2026-02-23T21:00:00Z, 2026-02-26T21:00:00Z, true",
        "FX, 2026-02-27T21:59:00Z, 2026-03-01T22:30:00Z, false",
        "FX, 2026-02-25T10:00:00Z, 2026-02-25T11:30:00Z, true",
        "CRYPTO, 2026-02-28T10:00:00Z, 2026-02-28T10:59:00Z, false",
        "CRYPTO, 2026-02-28T10:00:00Z, 2026-02-28T11:01:00Z, true",
        "FUND, 2026-02-20T10:00:00Z, 2026-02-28T10:00:00Z, false",
        "STOCK, 2024-02-20T10:00:00Z, 2026-02-28T10:00:00Z, true",
    })
    void data_is_stale_by_the_time_for_which_its_market_was_open(
            AssetType type, Instant at, Instant now, boolean stale) {
        Findings findings = StalenessScreen.screen(
                "it", at, listing(type, "America/New_York"), StalenessScreen.limitSeconds(type), now, Findings.NONE);
        assertThat(findings.isEmpty()).isEqualTo(!stale);
    }

    @Test
    void an_instrument_that_is_traded_every_second_is_stale_after_minutes_and_a_quiet_one_after_hours() {
        assertThat(staleAfter(1, 400)).isTrue();
        assertThat(staleAfter(1, 200)).isFalse();
        assertThat(staleAfter(1800, 7200)).isFalse();
        assertThat(staleAfter(1800, 19_000)).isTrue();
    }

    /** Whether a price is stale after {@code age} seconds if the instrument was traded every {@code rhythm} seconds. */
    private static boolean staleAfter(int rhythm, int age) {
        var state = new InstrumentState();
        Instant at = NOW;
        Instant seen = NOW;
        for (int i = 0; i < 20; i++) {
            at = at.plusSeconds(rhythm);
            seen = at.plusSeconds(rhythm - 1);
            state.screen(quote("100", "99", "101", at), seen, Findings.NONE);
        }
        return checks(state.screen(quote("100", "99", "101", at), at.plusSeconds(age), Findings.NONE))
                .contains(QualityCheck.STALE_FEED);
    }

    @Test
    void a_feed_that_stops_does_not_become_its_own_measure() {
        var state = new InstrumentState();
        for (int i = 0; i < 20; i++) {
            Instant at = NOW.plusSeconds(i);
            state.screen(quote("100", "99", "101", at), at, Findings.NONE);
        }
        Instant stopped = NOW.plusSeconds(20);
        for (int age = 0; age < 3600; age += 5) {
            Findings found = state.screen(quote("100", "99", "101", stopped), stopped.plusSeconds(age), Findings.NONE);
            assertThat(checks(found).contains(QualityCheck.STALE_FEED)).isEqualTo(age > 300);
        }
    }

    @Test
    void candles_up_to_now_that_end_long_ago_are_stale_and_a_closed_range_is_not() {
        Instant open = NOW.minus(Duration.ofHours(9));
        var candles = new Candles(
                QualitySamples.LISTING,
                Interval.H1,
                List.of(candle(open, "1", "1", "1", "1"), candle(open.plusSeconds(3600), "1", "1", "1", "1")),
                List.of(),
                null);
        var query = QualitySamples.CANDLES;
        assertThat(StalenessScreen.screen(query, candles, NOW, Findings.NONE).isEmpty())
                .isFalse();
        var past = new io.marketbrain.model.MarketQuery.CandlesQuery(
                query.provider(), query.instrument(), Interval.H1, null, NOW.minusSeconds(10), 100);
        assertThat(StalenessScreen.screen(past, candles, NOW, Findings.NONE).isEmpty())
                .isTrue();
    }

    @Test
    void a_trade_far_from_the_bid_and_the_ask_of_its_time_is_flagged() {
        var state = new InstrumentState();
        state.screen(quote("100", "99.9", "100.1", NOW), NOW, Findings.NONE);
        assertThat(checks(state.screen(trades(NOW, "101"), Findings.NONE))).isEmpty();
        assertThat(checks(state.screen(trades(NOW, "10000"), Findings.NONE)))
                .containsExactly(QualityCheck.TRADE_OFF_QUOTE);
        assertThat(checks(state.screen(trades(NOW, "1"), Findings.NONE))).containsExactly(QualityCheck.TRADE_OFF_QUOTE);
        assertThat(checks(state.screen(trades(NOW.minusSeconds(60), "1"), Findings.NONE)))
                .as("a trade of another time")
                .isEmpty();
    }

    @Test
    void a_finding_names_the_limit_that_was_exceeded() {
        assertThat(QuoteScreen.screen(quote("113", "99", "101", NOW), NOW, Findings.NONE)
                        .toString())
                .contains("113 is more than 10.10 above the ask 101 (bid 99)");
        var state = new InstrumentState();
        state.screen(quote("100", "99.9", "100.1", NOW), NOW, Findings.NONE);
        assertThat(state.screen(trades(NOW, "10000"), Findings.NONE).toString()).contains("more than 2.002 beyond");
        assertThat(state.screen(quote("200", "199", "201", NOW), NOW, Findings.NONE)
                        .toString())
                .contains("jump of the price: 200 after 100.00000, beyond the limit of 40.0 %");
    }

    @ParameterizedTest
    @CsvSource({
        "true, 7200, ''",
        "false, 3600, ''",
        "false, 3659, ''",
        "false, 3661, PARTIAL_BAR",
    })
    void the_last_candle_is_partial_if_its_time_is_over_and_it_is_not_complete(
            boolean complete, long age, String found) {
        Candle good = candle(NOW.minusSeconds(age), "1", "1", "1", "1");
        var last = new Candle(
                good.openTime(), good.open(), good.high(), good.low(), good.close(), null, null, null, complete);
        var candles = new Candles(QualitySamples.LISTING, Interval.H1, List.of(last), List.of(), null);
        assertThat(checks(CandleScreen.partial(candles, NOW, Findings.NONE)))
                .isEqualTo(found.isEmpty() ? List.of() : List.of(QualityCheck.valueOf(found)));
    }

    @Test
    void the_last_candle_is_partial_if_the_data_is_from_before_its_end() {
        Instant open = NOW.minusSeconds(7200);
        var candles = new Candles(
                QualitySamples.LISTING,
                Interval.H1,
                List.of(candle(open, "1", "1", "1", "1")),
                List.of(),
                open.plusSeconds(1800));
        assertThat(CandleScreen.partial(candles, NOW, Findings.NONE).toString())
                .contains("the candle of " + open + " ended at " + open.plusSeconds(3600) + " and is built up to "
                        + open.plusSeconds(1800) + " only");
    }

    private static Trades trades(Instant time, String price) {
        return new Trades(
                QualitySamples.LISTING,
                List.of(new Trade("1", time, new BigDecimal(price), BigDecimal.ONE, null)),
                null);
    }
}
