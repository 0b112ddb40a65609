package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.Failed;
import io.marketbrain.model.stream.StreamEvent.Gap;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Update;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.quality.QualityConfig;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.pipeline.quality.ReferencePrices;
import io.marketbrain.pipeline.stream.EventSink;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScreenedChannelTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    private static final Listing LISTING = new Listing(BTC, "BTCUSDT", "Acme", "UTC", "USDT");
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:30Z");

    private final QualityLayer quality =
            new QualityLayer(ACME, QualityConfig.defaults(), ReferencePrices.none(), new ProviderClock());
    private final List<StreamEvent> events = new ArrayList<>();
    private final List<Channel> refusedAsFuture = new ArrayList<>();

    private final List<Long> heard = new ArrayList<>();

    private ScreenedChannel channel(StreamKind kind) {
        var sink = new EventSink() {
            @Override
            public void accept(StreamEvent event) {
                events.add(event);
            }

            @Override
            public void heard(long nanos) {
                heard.add(nanos);
            }
        };
        return new ScreenedChannel(new Channel(ACME, BTC, kind), quality, refusedAsFuture::add, sink);
    }

    private static Quote quote(String price, String bid, String ask, Instant at) {
        return new Quote(
                LISTING,
                new BigDecimal(price),
                new BigDecimal(bid),
                null,
                new BigDecimal(ask),
                null,
                null,
                null,
                null,
                null,
                null,
                at);
    }

    private static Trade trade(String id, String price, Instant at) {
        return new Trade(id, at, new BigDecimal(price), BigDecimal.ONE, Side.BUY);
    }

    private static Trades trades(Trade... trades) {
        return new Trades(LISTING, List.of(trades), null);
    }

    private static List<String> codes(StreamEvent event) {
        List<QualityFlag> flags = event instanceof Update(var _, var _, var own)
                ? own
                : event instanceof Snapshot(var _, var _, var own) ? own : List.of();
        return flags.stream().map(QualityFlag::code).toList();
    }

    private static @Nullable MarketData data(StreamEvent event) {
        return event instanceof Update(var data, var _, var _)
                ? data
                : event instanceof Snapshot(var data, var _, var _) ? data : null;
    }

    private Stream<String> kinds() {
        return events.stream().map(event -> event.getClass().getSimpleName());
    }

    @Test
    void good_values_are_passed_on_as_the_same_objects() {
        ScreenedChannel channel = channel(new StreamKind.Quotes());
        var snapshot = new Snapshot(quote("100", "99", "101", NOW), NOW);
        var update = new Update(quote("100.5", "100", "101", NOW), NOW);
        channel.accept(snapshot);
        channel.accept(update);
        assertThat(events.get(0)).isSameAs(snapshot);
        assertThat(events.get(1)).isSameAs(update);
        assertThat(quality.counters()).containsEntry("refused", 0L);
    }

    @Test
    void that_the_source_was_heard_of_is_passed_on_unless_values_are_missing() {
        ScreenedChannel channel = channel(new StreamKind.Trades());
        channel.accept(new Snapshot(trades(trade("1", "100", NOW)), NOW));
        channel.heard(1);
        channel.accept(new Update(trades(trade("2", "101", NOW.plusSeconds(3600))), NOW));
        channel.heard(2);
        channel.accept(new Update(trades(trade("3", "101", NOW)), NOW));
        channel.heard(3);
        assertThat(heard).containsExactly(1L, 3L);
    }

    @Test
    void only_values_that_are_refused_for_their_time_are_reported_as_ahead_of_the_clock() {
        ScreenedChannel channel = channel(new StreamKind.Quotes());
        channel.accept(new Snapshot(quote("-1", "99", "101", NOW), NOW));
        channel.accept(new Snapshot(quote("100", "99", "101", NOW), NOW));
        assertThat(refusedAsFuture).isEmpty();
        channel.accept(new Update(quote("100", "99", "101", NOW.plusSeconds(62)), NOW));
        assertThat(refusedAsFuture).containsExactly(new Channel(ACME, BTC, new StreamKind.Quotes()));
    }

    @Test
    void doubtful_quotes_have_the_flags_of_responses() {
        ScreenedChannel channel = channel(new StreamKind.Quotes());
        channel.accept(new Snapshot(quote("100", "101", "99", NOW), NOW));
        channel.accept(new Update(quote("100", "99", "101", NOW), NOW));
        channel.accept(new Update(quote("10000", "9999", "10001", NOW), NOW));
        assertThat(codes(events.get(0))).containsExactly("crossed_quote");
        assertThat(codes(events.get(1))).isEmpty();
        assertThat(codes(events.get(2))).containsExactly("suspected_factor");
        assertThat(quality.counters()).containsEntry("flagged", 2L).containsEntry("crossed_quote", 1L);
    }

    @Test
    void a_quote_that_cannot_be_right_is_a_failure_once_and_the_next_good_one_is_a_state() {
        ScreenedChannel channel = channel(new StreamKind.Quotes());
        channel.accept(new Snapshot(quote("-1", "99", "101", NOW), NOW));
        channel.accept(new Update(quote("-1", "99", "101", NOW), NOW));
        channel.accept(new Update(quote("100", "99", "101", NOW), NOW));
        assertThat(kinds()).containsExactly("Failed", "Snapshot");
        assertThat(((Failed) events.getFirst()).failure())
                .isInstanceOf(Failure.Untrusted.class)
                .extracting(Failure::message)
                .isEqualTo("acme sent data that cannot be right: the price is -1");
        assertThat(quality.counters()).containsEntry("refused", 2L).containsEntry("impossible_price", 2L);
    }

    @Test
    void refused_trades_are_a_gap_beside_the_good_ones() {
        ScreenedChannel channel = channel(new StreamKind.Trades());
        channel.accept(new Snapshot(trades(trade("1", "100", NOW)), NOW));
        Instant later = NOW.plusSeconds(2);
        Trade early = trade("2", "100", NOW.plus(Duration.ofDays(400)));
        channel.accept(new Update(trades(early, trade("3", "101", later)), later));
        assertThat(kinds()).containsExactly("Snapshot", "Gap", "Update");
        var gap = (Gap) events.get(1);
        assertThat(gap.from()).isEqualTo(NOW);
        assertThat(gap.to()).isEqualTo(later);
        assertThat(gap.reason()).contains("ahead of the provider's clock");
        assertThat(((Trades) data(events.get(2))).trades())
                .extracting(Trade::id)
                .containsExactly("3");
    }

    @Test
    void a_run_of_refused_trades_is_announced_when_it_begins_and_when_it_has_ended() {
        ScreenedChannel channel = channel(new StreamKind.Trades());
        channel.accept(new Snapshot(trades(trade("1", "100", NOW)), NOW));
        for (int i = 1; i <= 5; i++) {
            channel.accept(new Update(trades(trade("bad" + i, "0", NOW)), NOW.plusSeconds(i)));
        }
        channel.accept(new Update(trades(trade("2", "100", NOW)), NOW.plusSeconds(6)));
        assertThat(kinds()).containsExactly("Snapshot", "Gap", "Gap", "Update");
        var last = (Gap) events.get(2);
        assertThat(last.from()).isEqualTo(NOW);
        assertThat(last.to()).isEqualTo(NOW.plusSeconds(6));
    }

    @Test
    void a_bar_that_contradicts_itself_is_a_gap_so_that_it_is_requested() {
        ScreenedChannel channel = channel(new StreamKind.Bars(Interval.M1));
        Instant open = Instant.parse("2026-07-01T12:00:00Z");
        var bad = new Candle(
                open,
                new BigDecimal("100"),
                new BigDecimal("90"),
                new BigDecimal("80"),
                new BigDecimal("100"),
                BigDecimal.ONE,
                null,
                null,
                false);
        channel.accept(new Update(new Candles(LISTING, Interval.M1, List.of(bad), List.of(), NOW), NOW));
        assertThat(kinds()).containsExactly("Gap");
        assertThat(((Gap) events.getFirst()).reason()).contains("below its open");
    }

    @Test
    void the_gap_in_place_of_refused_bars_has_their_times_although_the_clock_of_the_provider_is_behind() {
        ScreenedChannel channel = channel(new StreamKind.Bars(Interval.M1));
        Instant behind = Instant.parse("2026-07-01T11:30:00Z");
        channel.accept(new Update(candles(behind, "100"), NOW));
        channel.accept(new Update(candles(behind.plusSeconds(60), "90"), NOW));
        channel.accept(new Update(candles(behind.plusSeconds(120), "90"), NOW));
        channel.accept(new Update(candles(behind.plusSeconds(180), "100"), NOW));
        assertThat(kinds()).containsExactly("Snapshot", "Gap", "Gap", "Update");
        assertThat(((Gap) events.get(2)).from()).isEqualTo(behind.plusSeconds(60));
        assertThat(((Gap) events.get(2)).to()).isAfterOrEqualTo(behind.plusSeconds(180));
    }

    /** A bar from 80 to 100 with a high. */
    private static Candles candles(Instant open, String high) {
        var bar = new Candle(
                open,
                new BigDecimal("100"),
                new BigDecimal(high),
                new BigDecimal("80"),
                new BigDecimal("100"),
                BigDecimal.ONE,
                null,
                null,
                false);
        return new Candles(LISTING, Interval.M1, List.of(bar), List.of(), null);
    }

    @Test
    void gaps_failures_and_states_of_the_feed_pass() {
        ScreenedChannel channel = channel(new StreamKind.Trades());
        var gap = new Gap(NOW, NOW, "broke");
        channel.accept(gap);
        assertThat(events).containsExactly(gap);
    }
}
