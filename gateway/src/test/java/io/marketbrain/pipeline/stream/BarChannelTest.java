package io.marketbrain.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class BarChannelTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    private static final Listing LISTING = new Listing(BTC, "BTCUSDT", "Binance", "UTC", "USDT");

    private final List<String> events = new ArrayList<>();
    private final LongAdder fetched = new LongAdder();
    private final LongAdder partial = new LongAdder();
    private long nanos;
    private Instant now = NOON.plusSeconds(30);
    private List<Candle> known = List.of();
    private boolean down;

    private final BarChannel bars = new BarChannel(
            new Channel(BINANCE, BTC, new StreamKind.Bars(Interval.M1)),
            Interval.M1,
            (query, call) -> down
                    ? Outcome.failed(new Failure.Unreachable(BINANCE, "down"))
                    : Outcome.success(new QueryResult(
                            new Candles(LISTING, Interval.M1, known, List.of(), now),
                            new Provenance(BINANCE, Mode.LIVE, null, now, Freshness.FRESH, List.of(), List.of()))),
            event -> events.add(shown(event)),
            () -> nanos,
            () -> now,
            fetched,
            partial);

    private static String shown(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Snapshot(var data, var _, var _) -> "snapshot" + shown((Candles) data);
            case StreamEvent.Update(var data, var _, var flags) ->
                "update" + shown((Candles) data)
                        + (flags.isEmpty() ? "" : " " + flags.getFirst().code());
            case StreamEvent.Gap _ -> "gap";
            default -> event.toString();
        };
    }

    private static String shown(Candles candles) {
        var text = new StringBuilder();
        for (Candle bar : candles.candles()) {
            text.append(' ')
                    .append(Duration.between(NOON, bar.openTime()).toMinutes())
                    .append('=')
                    .append(bar.close())
                    .append(bar.complete() ? "!" : "");
        }
        return text.toString();
    }

    private void passTo(int second) {
        Instant then = NOON.plusSeconds(second);
        nanos += Duration.between(now, then).toNanos();
        now = then;
        bars.heard(nanos);
    }

    private static Trades trade(int second, long price) {
        return new Trades(
                LISTING,
                List.of(new Trade(
                        "t" + second, NOON.plusSeconds(second), BigDecimal.valueOf(price), BigDecimal.ONE, null)),
                null);
    }

    private static Candle bar(int minute, long close, boolean complete) {
        BigDecimal price = BigDecimal.valueOf(close);
        return new Candle(
                NOON.plusSeconds(60L * minute), price, price, price, price, BigDecimal.ONE, null, null, complete);
    }

    private void traded(int second, long price) {
        passTo(second);
        bars.accept(new StreamEvent.Update(trade(second, price), now));
    }

    @Test
    void the_open_bar_is_fetched_at_the_start_and_each_later_one_is_built() {
        bars.accept(new StreamEvent.Snapshot(trade(30, 5), now));
        known = List.of(bar(0, 4, false));
        bars.round();
        traded(61, 7);
        known = List.of(bar(0, 6, true), bar(1, 7, false));
        passTo(63);
        bars.round();
        traded(119, 8);
        passTo(123);
        bars.round();
        assertThat(events).containsExactly("snapshot 0=4", "update 1=7", "update 0=6!", "update 1=8", "update 1=8!");
        assertThat(fetched.sum()).isEqualTo(2);
    }

    @Test
    void a_bar_is_not_complete_while_its_source_is_not_heard_of() {
        bars.accept(new StreamEvent.Snapshot(trade(30, 5), now));
        known = List.of(bar(0, 4, false));
        bars.round();
        traded(61, 7);
        known = List.of(bar(0, 6, true), bar(1, 7, false));
        passTo(63);
        bars.round();
        traded(119, 8);
        nanos += Duration.ofMinutes(1).toNanos();
        now = now.plus(Duration.ofMinutes(1));
        bars.round();
        assertThat(events).last().isEqualTo("update 1=8");
        bars.heard(nanos);
        bars.round();
        assertThat(events).last().isEqualTo("update 1=8!");
    }

    @Test
    void the_clock_of_the_gateway_ends_no_bar() {
        Instant ahead = NOON.plusSeconds(600);
        bars.accept(new StreamEvent.Snapshot(new Trades(LISTING, List.of(), null), ahead));
        bars.heard(nanos);
        bars.accept(new StreamEvent.Update(trade(30, 5), ahead));
        known = List.of(bar(0, 4, false));
        bars.round();
        bars.accept(new StreamEvent.Update(trade(61, 6), ahead));
        known = List.of(bar(0, 5, true), bar(1, 6, false));
        bars.accept(new StreamEvent.Update(trade(65, 7), ahead));
        bars.heard(nanos);
        bars.round();
        assertThat(events).containsExactly("snapshot 0=5", "update 0=4", "update 1=6", "update 1=7", "update 0=5!");
    }

    @Test
    void a_bar_of_a_feed_that_broke_is_fetched() {
        bars.accept(new StreamEvent.Snapshot(candles(bar(0, 4, false)), now));
        bars.accept(new StreamEvent.Update(candles(bar(0, 4, true), bar(1, 5, false)), now));
        bars.accept(new StreamEvent.Gap(now, now, "cut"));
        known = List.of(bar(0, 4, true), bar(1, 6, true), bar(2, 7, true), bar(3, 8, true));
        bars.accept(new StreamEvent.Snapshot(candles(bar(4, 9, false)), now));
        passTo(250);
        bars.round();
        bars.round();
        assertThat(events).containsExactly("snapshot 0=4", "update 0=4! 1=5", "update 4=9", "update 1=6! 2=7! 3=8!");
    }

    private static Candles candles(Candle... bars) {
        return new Candles(LISTING, Interval.M1, List.of(bars), List.of(), null);
    }

    @Test
    void a_bar_with_a_gap_that_cannot_be_fetched_is_partial() {
        bars.accept(new StreamEvent.Snapshot(trade(30, 5), now));
        known = List.of(bar(0, 4, false));
        bars.round();
        traded(40, 5);
        down = true;
        traded(61, 7);
        passTo(63);
        for (int attempt = 0; attempt < BarChannel.ATTEMPTS; attempt++) {
            bars.round();
        }
        traded(119, 8);
        passTo(123);
        bars.round();
        assertThat(events)
                .containsExactly(
                        "snapshot 0=4",
                        "update 0=5",
                        "update 1=7",
                        "gap",
                        "update 0=5 partial_bar",
                        "update 1=8",
                        "update 1=8!");
        assertThat(partial.sum()).isEqualTo(1);
    }
}
