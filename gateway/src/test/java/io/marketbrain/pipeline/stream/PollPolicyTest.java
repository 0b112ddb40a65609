package io.marketbrain.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.Update;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PollPolicyTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final Listing LISTING =
            new Listing(Instrument.crypto("BTC", "USDT"), "BTCUSDT", "Binance", "UTC", "USDT");

    private static Trades trades(int... ids) {
        return new Trades(
                LISTING,
                Arrays.stream(ids)
                        .mapToObj(id -> new Trade(
                                Integer.toString(id), NOON.plusSeconds(id), BigDecimal.ONE, BigDecimal.ONE, null))
                        .toList(),
                null);
    }

    private static Quote quote(long price, Instant asOf) {
        return new Quote(
                LISTING, BigDecimal.valueOf(price), null, null, null, null, null, null, null, null, null, asOf);
    }

    private static List<StreamEvent> changes(MarketData before, MarketData now) {
        return PollPolicy.changes(before, new Update(now, NOON));
    }

    @Test
    void the_same_data_is_not_sent_again_although_its_time_has_changed() {
        assertThat(changes(quote(1, NOON), quote(1, NOON.plusSeconds(1)))).isEmpty();
        assertThat(changes(quote(1, NOON), quote(2, NOON))).hasSize(1);
        assertThat(changes(trades(1, 2), trades(1, 2))).isEmpty();
    }

    @Test
    void trades_are_sent_once_by_their_ids() {
        assertThat(changes(trades(1, 2, 3), trades(2, 3, 4, 5))).containsExactly(new Update(trades(4, 5), NOON));
    }

    private static Candles bars(int first, int last) {
        List<Candle> bars = IntStream.rangeClosed(first, last)
                .mapToObj(minute -> new Candle(
                        NOON.plusSeconds(60L * minute),
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        null,
                        null,
                        null,
                        minute < last))
                .toList();
        return new Candles(LISTING, Interval.M1, bars, List.of(), null);
    }

    @Test
    void a_bar_that_was_open_and_is_no_longer_in_the_response_is_a_gap() {
        assertThat(changes(bars(1, 3), bars(4, 6))).first().isInstanceOfSatisfying(StreamEvent.Gap.class, gap -> {
            assertThat(gap.from()).isEqualTo(NOON.plusSeconds(180));
            assertThat(gap.to()).isEqualTo(NOON.plusSeconds(240));
        });
        assertThat(changes(bars(1, 3), bars(3, 5))).hasSize(1);
    }

    @Test
    void trades_without_overlap_are_a_gap() {
        assertThat(changes(trades(1, 2), trades(7, 8)))
                .satisfiesExactly(
                        gap -> assertThat(gap).isInstanceOfSatisfying(StreamEvent.Gap.class, one -> {
                            assertThat(one.from()).isEqualTo(NOON.plusSeconds(2));
                            assertThat(one.to()).isEqualTo(NOON.plusSeconds(7));
                        }),
                        update -> assertThat(update).isEqualTo(new Update(trades(7, 8), NOON)));
    }
}
