package io.marketbrain.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarTrackerTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private final BarTracker bars = new BarTracker(Interval.M1);

    private static Trade trade(int second, long price) {
        return new Trade("t" + second, NOON.plusSeconds(second), BigDecimal.valueOf(price), BigDecimal.TWO, null);
    }

    private static Candle bar(int minute, long close, boolean complete) {
        BigDecimal price = BigDecimal.valueOf(close);
        return new Candle(
                NOON.plusSeconds(60L * minute), price, price, price, price, BigDecimal.ONE, null, null, complete);
    }

    private static List<String> shown(List<Candle> candles) {
        return candles.stream()
                .map(c -> (c.openTime().getEpochSecond() - NOON.getEpochSecond()) / 60 + " " + c.open() + " " + c.high()
                        + " " + c.low() + " " + c.close() + " " + c.volume() + (c.complete() ? " complete" : ""))
                .toList();
    }

    @Test
    void a_bar_whose_trades_were_all_seen_is_complete_when_the_provider_is_past_its_end() {
        bars.startsAt(NOON.minusSeconds(1));
        bars.traded(List.of(trade(0, 5), trade(10, 9), trade(20, 4)));
        assertThat(shown(bars.traded(List.of(trade(59, 6))))).containsExactly("0 5 9 4 6 8");
        assertThat(shown(bars.passed(NOON.plusSeconds(59)))).isEmpty();
        assertThat(shown(bars.traded(List.of(trade(60, 7))))).containsExactly("0 5 9 4 6 8 complete", "1 7 7 7 7 2");
        assertThat(shown(bars.passed(NOON.plusSeconds(120)))).containsExactly("1 7 7 7 7 2 complete");
    }

    @Test
    void the_bar_in_which_the_listening_began_is_fetched_before_it_is_complete() {
        bars.startsAt(NOON.plusSeconds(30));
        bars.traded(List.of(trade(40, 5), trade(61, 6)));
        assertThat(shown(bars.passed(NOON.plusSeconds(130)))).isEmpty();
        assertThat(bars.findHole(NOON.plusSeconds(61))).contains(NOON);
        assertThat(shown(bars.fetched(List.of(bar(0, 8, true), bar(1, 9, false)))))
                .containsExactly("0 8 8 8 8 1 complete");
        assertThat(shown(bars.passed(NOON.plusSeconds(130)))).containsExactly("1 6 6 6 6 2 complete");
    }

    @Test
    void bars_that_a_gap_touches_are_fetched_and_those_after_it_are_not() {
        bars.startsAt(NOON.minusSeconds(1));
        bars.traded(List.of(trade(0, 5)));
        bars.gap(NOON.plusSeconds(10), NOON.plusSeconds(130));
        bars.traded(List.of(trade(140, 6), trade(185, 7)));
        assertThat(shown(bars.passed(NOON.plusSeconds(240)))).isEmpty();
        assertThat(shown(bars.fetched(
                        List.of(bar(-1, 9, true), bar(0, 1, true), bar(1, 2, true), bar(2, 3, true), bar(3, 4, true)))))
                .containsExactly(
                        "-1 9 9 9 9 1 complete",
                        "0 1 1 1 1 1 complete",
                        "1 2 2 2 2 1 complete",
                        "2 3 3 3 3 1 complete");
        assertThat(shown(bars.passed(NOON.plusSeconds(240)))).containsExactly("3 7 7 7 7 2 complete");
        assertThat(bars.findHole(NOON.plusSeconds(999))).isEmpty();
    }

    @Test
    void a_bar_that_cannot_be_fetched_is_partial_and_never_complete() {
        bars.startsAt(NOON.plusSeconds(30));
        bars.traded(List.of(trade(40, 5), trade(61, 6)));
        assertThat(shown(bars.abandon(NOON.plusSeconds(61)))).containsExactly("0 5 5 5 5 2");
        assertThat(shown(bars.passed(NOON.plusSeconds(120)))).containsExactly("1 6 6 6 6 2 complete");
    }

    @Test
    void the_bars_of_a_feed_do_not_end_by_time_after_a_gap_either() {
        bars.received(List.of(bar(0, 1, true), bar(1, 2, false)));
        bars.gap(NOON, NOON.plusSeconds(10));
        assertThat(bars.passed(NOON.plusSeconds(150))).isEmpty();
        assertThat(bars.findHole(NOON.plusSeconds(150))).contains(NOON.plusSeconds(60));
    }

    @Test
    void a_bar_that_a_response_leaves_out_had_no_trades() {
        bars.received(List.of(bar(0, 1, true), bar(5, 2, false)));
        assertThat(bars.findHole(NOON.plusSeconds(400))).contains(NOON.plusSeconds(60));
        assertThat(shown(bars.fetched(List.of(bar(0, 1, true), bar(2, 3, true), bar(5, 4, true)))))
                .containsExactly("2 3 3 3 3 1 complete");
        assertThat(bars.findHole(NOON.plusSeconds(400))).isEmpty();
    }

    @Test
    void a_bar_that_the_feed_confirms_waits_for_an_older_one_and_is_open_until_then() {
        bars.received(List.of(bar(0, 1, true)));
        assertThat(shown(bars.received(List.of(bar(2, 3, true), bar(3, 4, false)))))
                .containsExactly("2 3 3 3 3 1", "3 4 4 4 4 1");
        assertThat(shown(bars.fetched(List.of(bar(1, 2, true), bar(2, 9, true)))))
                .containsExactly("1 2 2 2 2 1 complete", "2 3 3 3 3 1 complete");
        assertThat(bars.received(List.of(bar(1, 7, true), bar(2, 8, true)))).isEmpty();
    }

    @Test
    void bars_that_are_given_up_end_before_the_first_one_that_can_be_sent() {
        bars.received(List.of(bar(0, 1, true), bar(2, 3, true), bar(3, 4, false)));
        assertThat(bars.findHole(NOON.plusSeconds(240))).contains(NOON.plusSeconds(60));
        assertThat(bars.abandon(NOON.plusSeconds(240))).isEmpty();
        assertThat(bars.findNext()).contains(NOON.plusSeconds(120));
        assertThat(shown(bars.passed(NOON.plusSeconds(240)))).containsExactly("2 3 3 3 3 1 complete");
    }

    @Test
    void the_bars_up_to_the_first_trade_after_a_gap_are_fetched_whatever_clock_the_gap_has() {
        bars.startsAt(NOON.minusSeconds(1));
        bars.traded(List.of(trade(0, 5), trade(61, 6)));
        bars.gap(NOON.minusSeconds(7200), NOON.minusSeconds(7100));
        bars.traded(List.of(trade(130, 7), trade(190, 8)));
        assertThat(bars.passed(NOON.plusSeconds(250))).isEmpty();
        assertThat(shown(bars.fetched(List.of(bar(1, 2, true), bar(2, 3, true), bar(3, 9, false)))))
                .containsExactly("1 2 2 2 2 1 complete", "2 3 3 3 3 1 complete");
        assertThat(shown(bars.passed(NOON.plusSeconds(250)))).containsExactly("3 8 8 8 8 2 complete");
    }

    @Test
    void an_interval_without_trades_has_no_bar() {
        bars.startsAt(NOON.minusSeconds(1));
        bars.traded(List.of(trade(0, 5)));
        assertThat(shown(bars.passed(NOON.plusSeconds(200)))).containsExactly("0 5 5 5 5 2 complete");
        assertThat(shown(bars.traded(List.of(trade(250, 6))))).containsExactly("4 6 6 6 6 2");
        assertThat(bars.findHole(NOON.plusSeconds(300))).isEmpty();
    }

    @Test
    void a_bar_of_a_feed_is_complete_only_when_the_feed_says_so_or_after_a_request() {
        assertThat(shown(bars.received(List.of(bar(0, 1, false))))).containsExactly("0 1 1 1 1 1");
        assertThat(shown(bars.received(List.of(bar(0, 2, true), bar(1, 3, false)))))
                .containsExactly("0 2 2 2 2 1 complete", "1 3 3 3 3 1");
        bars.received(List.of(bar(2, 4, false)));
        assertThat(bars.passed(NOON.plusSeconds(150))).isEmpty();
        assertThat(bars.findHole(NOON.plusSeconds(150))).contains(NOON.plusSeconds(60));
        assertThat(shown(bars.fetched(List.of(bar(1, 5, true), bar(2, 6, false)))))
                .containsExactly("1 5 5 5 5 1 complete");
    }
}
