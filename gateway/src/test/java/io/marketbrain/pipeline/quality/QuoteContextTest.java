package io.marketbrain.pipeline.quality;

import static io.marketbrain.pipeline.quality.QualitySamples.BINANCE;
import static io.marketbrain.pipeline.quality.QualitySamples.LISTING;
import static io.marketbrain.pipeline.quality.QualitySamples.NOW;
import static io.marketbrain.pipeline.quality.QualitySamples.QUOTE;
import static io.marketbrain.pipeline.quality.QualitySamples.checks;
import static io.marketbrain.pipeline.quality.QualitySamples.layer;
import static io.marketbrain.pipeline.quality.QualitySamples.listing;
import static io.marketbrain.pipeline.quality.QualitySamples.screened;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketDataBounds;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.model.price.SessionPrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are judged by what else the same data says: its details, its delay, its session, its splits. */
class QuoteContextTest {
    private static final Listing STOCK = listing(AssetType.STOCK, "America/New_York");

    private static Quote detailed(QuoteDetails details) {
        return new Quote(
                LISTING, new BigDecimal("100"), null, null, null, null, null, null, null, null, null, NOW, details);
    }

    private static QuoteDetails details(
            @Nullable String pre, @Nullable String post, @Nullable String mark, @Nullable String index) {
        return new QuoteDetails(
                null,
                pre == null ? null : new SessionPrice(new BigDecimal(pre), NOW),
                post == null ? null : new SessionPrice(new BigDecimal(post), NOW),
                mark == null ? null : new BigDecimal(mark),
                index == null ? null : new BigDecimal(index),
                new BigDecimal("-0.0001"),
                null,
                null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "1 | 1 | 1 | 1 | -",
                "-2 | 1 | 1 | 1 | the price before the session is -2",
                "1 | -2 | 1 | 1 | the price after the session is -2",
                "1 | 1 | -2 | 1 | the mark price is -2",
                "1 | 1 | 1 | 0 | the index price is 0",
            })
    void prices_beside_the_last_one_are_above_zero_too(
            String pre, String post, String mark, String index, @Nullable String found) {
        Outcome<QueryResult> outcome = screened(layer(), QUOTE, detailed(details(pre, post, mark, index)));
        if (found == null) {
            assertThat(outcome).isInstanceOf(Outcome.Success.class);
        } else {
            assertThat(((Outcome.Failed<QueryResult>) outcome).failure())
                    .isInstanceOf(Failure.Untrusted.class)
                    .extracting(Failure::message)
                    .isEqualTo(BINANCE + " sent data that cannot be right: " + found);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COMMODITY, CL=F, true",
        "COMMODITY, NG=F, true",
        "COMMODITY, WTI, true",
        "RATE, EURIBOR, true",
        "COMMODITY, GC=F, false",
        "COMMODITY, ZW=F, false",
        "COMMODITY, COPPER, false",
        "STOCK, GC, false"
    })
    void only_what_costs_something_to_hold_has_negative_prices(AssetType type, String code, boolean possible) {
        assertThat(MarketDataBounds.mayBeNegative(new Instrument(type, code, "USD", null, null)))
                .isEqualTo(possible);
    }

    @ParameterizedTest
    @CsvSource({"3600, 0, false", "3601, 0, true", "4500, 900, false", "4501, 900, true"})
    void a_quote_may_be_older_by_the_delay_that_its_provider_declares(int age, int delay, boolean stale) {
        Instant at = NOW.minusSeconds(age);
        var quote = new Quote(
                LISTING,
                new BigDecimal("100"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                at,
                delay == 0 ? QuoteDetails.NONE : QuoteDetails.NONE.delayedBy(Duration.ofSeconds(delay)));
        assertThat(checks(new InstrumentState().screen(quote, NOW, Findings.NONE)))
                .isEqualTo(stale ? List.of(QualityCheck.STALE_FEED) : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        // Regular hours in New York are from 14:30 to 21:00 UTC in winter.
        "2026-01-06T15:00:00Z, true",
        "2026-01-06T21:05:00Z, true",
        "2026-01-06T22:30:00Z, false",
        "2026-01-06T13:00:00Z, false",
        "2026-01-10T15:00:00Z, false",
    })
    void a_price_outside_the_session_need_not_be_within_the_range_of_the_day(Instant at, boolean flagged) {
        var quote = new Quote(
                STOCK,
                new BigDecimal("120"),
                null,
                null,
                null,
                null,
                null,
                new BigDecimal("110"),
                new BigDecimal("90"),
                null,
                null,
                at);
        assertThat(checks(QuoteScreen.screen(quote, at, Findings.NONE)))
                .isEqualTo(flagged ? List.of(QualityCheck.OUTSIDE_RANGE) : List.of());
    }

    /** Daily candles of a stock that was split 4 for 1 before the 31st. */
    private static Candles splitCandles(Adjustment adjustment, CorporateAction... actions) {
        List<Candle> all = new ArrayList<>();
        Instant first = Instant.parse("2020-08-17T00:00:00Z");
        for (int day = 0; day < 20; day++) {
            Instant time = first.plus(Duration.ofDays(day));
            BigDecimal price = new BigDecimal(day < 14 ? "500" : "125").add(BigDecimal.valueOf(day % 3));
            all.add(new Candle(
                    time,
                    price,
                    price.add(BigDecimal.ONE),
                    price.subtract(BigDecimal.ONE),
                    price,
                    BigDecimal.TEN,
                    null,
                    null,
                    true));
        }
        return new Candles(STOCK, Interval.D1, all, List.of(), null)
                .adjusted(adjustment)
                .withActions(List.of(actions));
    }

    private static Quote stock(String price, Instant at) {
        return new Quote(STOCK, new BigDecimal(price), null, null, null, null, null, null, null, null, null, at);
    }

    private static CorporateAction split(String time) {
        return new CorporateAction.Split(Instant.parse(time), BigDecimal.valueOf(4), BigDecimal.ONE);
    }

    @Test
    void a_split_that_came_with_raw_candles_is_no_jump() {
        assertThat(checks(JumpScreen.screen(splitCandles(Adjustment.RAW), Findings.NONE)))
                .containsExactly(QualityCheck.SPLIT_LIKE);
        assertThat(checks(
                        JumpScreen.screen(splitCandles(Adjustment.RAW, split("2020-08-31T13:30:00Z")), Findings.NONE)))
                .isEmpty();
        assertThat(checks(
                        JumpScreen.screen(splitCandles(Adjustment.RAW, split("2020-08-20T13:30:00Z")), Findings.NONE)))
                .as("another day")
                .containsExactly(QualityCheck.SPLIT_LIKE);
        assertThat(checks(JumpScreen.screen(
                        splitCandles(Adjustment.SPLITS, split("2020-08-31T13:30:00Z")), Findings.NONE)))
                .as("they say that they are adjusted for it, and are not")
                .containsExactly(QualityCheck.SPLIT_LIKE);
    }

    @Test
    void a_price_from_before_a_split_is_compared_with_candles_after_it() {
        Instant before = Instant.parse("2020-08-28T20:00:00Z");
        Instant after = Instant.parse("2020-09-06T00:00:00Z");
        for (boolean announced : List.of(false, true)) {
            var state = new InstrumentState();
            // A quiet hour, so that a fourth of the price is out of the usual.
            for (int minute = 60; minute >= 0; minute--) {
                Instant at = before.minusSeconds(60L * minute);
                state.screen(stock(minute % 2 == 0 ? "500" : "500.05", at), at, Findings.NONE);
            }
            Candles candles = announced
                    ? splitCandles(Adjustment.RAW, split("2020-08-31T13:30:00Z"))
                    : splitCandles(Adjustment.RAW);
            assertThat(checks(state.screen(candles, after, Findings.NONE)))
                    .isEqualTo(announced ? List.of() : List.of(QualityCheck.SPLIT_LIKE));
        }
    }
}
