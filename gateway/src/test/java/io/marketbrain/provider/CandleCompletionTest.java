package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandleCompletionTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-04T12:01:00Z");

    private static RawPayload dated(String date) {
        return new RawPayload(200, date.isEmpty() ? Map.of() : Map.of("date", date), new byte[0], RECEIVED);
    }

    /** Minutes that begin at 11:58, 11:59 and 12:00. */
    private static Candles minutes() {
        var one = BigDecimal.ONE;
        return new Candles(
                new Listing(Instrument.crypto("BTC", "USDT"), "BTCUSDT", "Binance", "UTC", "USDT"),
                Interval.M1,
                List.of("11:58", "11:59", "12:00").stream()
                        .map(time -> Instant.parse("2026-03-04T" + time + ":00Z"))
                        .map(time -> new Candle(time, one, one, one, one, one, null, null, true))
                        .toList(),
                List.of(),
                null);
    }

    private static List<Boolean> complete(String date) {
        Candles candles = minutes();
        return ResponseDate.find(dated(date))
                .map(now -> CandleCompletion.marked(candles, now))
                .orElse(candles)
                .candles()
                .stream()
                .map(Candle::complete)
                .toList();
    }

    @Test
    void a_candle_that_is_not_over_at_the_provider_is_unfinished_although_it_is_over_here() {
        // 180 s behind the gateway's clock.
        assertThat(complete("Wed, 04 Mar 2026 11:58:00 GMT")).containsExactly(false, false, false);
        assertThat(complete("Wed, 04 Mar 2026 11:59:59 GMT")).containsExactly(true, false, false);
        assertThat(complete("Wed, 04 Mar 2026 12:01:00 GMT")).containsExactly(true, true, true);
    }

    @Test
    void a_response_that_a_cache_kept_is_of_the_time_when_it_was_made() {
        var raw = new RawPayload(
                200, Map.of("date", "Wed, 04 Mar 2026 11:59:30 GMT", "age", "120"), new byte[0], RECEIVED);
        assertThat(ResponseDate.find(raw)).as("the clock").contains(Instant.parse("2026-03-04T12:01:30Z"));
        assertThat(ResponseDate.findMade(raw)).contains(Instant.parse("2026-03-04T11:59:30Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Tue, 03 Mar 2026 12:00:59 GMT",
                "Thu, 05 Mar 2026 12:01:01 GMT",
                "Thu, 01 Jan 1970 00:00:00 GMT",
            })
    void a_missing_unreadable_or_absurd_date_changes_nothing(String date) {
        assertThat(ResponseDate.find(dated(date))).isEmpty();
        assertThat(complete(date)).containsExactly(true, true, true);
    }
}
