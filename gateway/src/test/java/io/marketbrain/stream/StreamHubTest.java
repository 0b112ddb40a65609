package io.marketbrain.stream;

import static io.marketbrain.stream.FakeEventSource.QUOTES;
import static io.marketbrain.stream.FakeEventSource.START;
import static io.marketbrain.stream.FakeEventSource.TRADES;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Interval;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamHubTest {
    private static final Channel ETH = FakeEventSource.channel("ETH", new StreamKind.Quotes());

    private final FakeEventSource source = new FakeEventSource();
    private long nanos = 1_000_000_000L;
    private Instant now = START;
    private StreamHub hub = hub(StreamConfig.defaults());

    private StreamHub hub(StreamConfig config) {
        return new StreamHub(config, source, source, () -> nanos, () -> now, new Random(1), false);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    private StreamClient client(Channel... channels) {
        return client(Duration.ZERO, Optional.empty(), channels);
    }

    private StreamClient client(Duration throttle, Optional<EventId> from, Channel... channels) {
        StreamClient client = ((Outcome.Success<StreamClient>) hub.open(throttle, () -> true)).value();
        assertThat(client.subscribe(List.of(channels), from)).isEmpty();
        return client;
    }

    private static List<String> shown(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(one -> one.name().wire() + " " + new String(one.body(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> poll(StreamClient client) {
        List<Delivery> all = new ArrayList<>();
        for (List<Delivery> some = client.poll(); !some.isEmpty(); some = client.poll()) {
            all.addAll(some);
        }
        return shown(all);
    }

    @Test
    void a_client_gets_a_snapshot_and_then_every_change() {
        StreamClient client = client(QUOTES);
        source.up(QUOTES);
        source.quoted(QUOTES, 1);
        assertThat(poll(client)).containsExactly("status BTC UP", "snapshot BTC 1");
        source.quoted(QUOTES, 2);
        assertThat(poll(client)).containsExactly("quote BTC 2");
    }

    @Test
    void a_status_is_told_once_and_again_only_when_it_has_changed() {
        StreamClient client = client(QUOTES);
        source.up(QUOTES);
        assertThat(poll(client)).containsExactly("status BTC UP");
        source.quoted(QUOTES, 1);
        assertThat(poll(client)).containsExactly("snapshot BTC 1");
        source.send(QUOTES, new StreamEvent.Status(FeedState.DOWN, Mode.LIVE, FeedTransport.WEBSOCKET, "gone", START));
        source.up(QUOTES);
        assertThat(poll(client)).containsExactly("status BTC DOWN", "status BTC UP");
    }

    @Test
    void a_later_client_shares_the_subscription_and_gets_the_latest_state_at_once() {
        client(QUOTES);
        source.up(QUOTES);
        source.quoted(QUOTES, 1);
        source.quoted(QUOTES, 2);
        assertThat(poll(client(QUOTES))).containsExactly("snapshot BTC 2", "status BTC UP");
        assertThat(source.opened).isEqualTo(1);
    }

    @Test
    void a_listener_within_the_process_shares_the_subscription_and_misses_nothing() {
        List<StreamEvent> seen = new ArrayList<>();
        client(QUOTES);
        source.up(QUOTES);
        source.quoted(QUOTES, 1);
        var listening = hub.listen(QUOTES, seen::add);
        source.quoted(QUOTES, 2);
        source.quoted(QUOTES, 3);
        assertThat(source.opened).isEqualTo(1);
        assertThat(seen).hasSize(4);
        assertThat(seen.get(0)).isInstanceOf(StreamEvent.Status.class);
        assertThat(seen.get(1)).isInstanceOf(StreamEvent.Snapshot.class);
        listening.close();
        listening.close();
        source.quoted(QUOTES, 4);
        assertThat(seen).hasSize(4);
    }

    @Test
    void a_channel_is_kept_for_a_listener_within_the_process_and_closed_after_it() {
        var listening = hub.listen(QUOTES, _ -> {});
        pass(Duration.ofMinutes(10));
        hub.round();
        assertThat(source.closed).isZero();
        listening.close();
        hub.round();
        assertThat(source.closed).isZero();
        pass(StreamConfig.defaults().linger());
        hub.round();
        assertThat(source.closed).isEqualTo(1);
    }

    @Test
    void quotes_that_wait_are_replaced_and_trades_are_not() {
        StreamClient client = live(QUOTES, TRADES);
        source.quoted(QUOTES, 2);
        source.quoted(QUOTES, 3);
        source.traded(TRADES, 2);
        source.traded(TRADES, 3);
        source.quoted(QUOTES, 4);
        source.quoted(QUOTES, 5);
        assertThat(poll(client)).containsExactly("quote BTC 3", "trade BTC 2", "trade BTC 3", "quote BTC 5");
        assertThat(hub.counters()).containsEntry("conflated", 2L);
    }

    private StreamClient live(Channel... channels) {
        StreamClient client = client(channels);
        for (Channel channel : channels) {
            source.up(channel);
            if (channel.kind() instanceof StreamKind.Trades) {
                source.traded(channel, 1);
            } else {
                source.quoted(channel, 1);
            }
        }
        poll(client);
        return client;
    }

    @Test
    void a_client_that_resumes_bars_misses_none_although_a_snapshot_has_only_the_latest() {
        Channel bars = FakeEventSource.channel("BTC", new StreamKind.Bars(Interval.M1));
        StreamClient first = client(bars);
        source.bars(bars, 0);
        EventId last = first.id(first.poll().getLast());
        first.close();
        source.bars(bars, 1);
        StreamClient second = client(Duration.ZERO, Optional.of(last), bars);
        source.bars(bars, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(poll(second))
                .containsExactly(
                        "candle BTC 1",
                        "candle BTC 2,3,4,5,6,7,8,9,10,11,12,13",
                        "snapshot BTC 4,5,6,7,8,9,10,11,12,13");
    }

    @Test
    void a_client_that_is_cut_before_a_gap_is_sent_gets_what_was_dropped_when_it_resumes() {
        hub = hub(new StreamConfig(
                true, 10, 10, 16_384, 1000, 65_536, Duration.ZERO, Duration.ofSeconds(15), Duration.ofMillis(250)));
        Channel other = FakeEventSource.channel("ETH", new StreamKind.Trades());
        StreamClient client = live(TRADES, other);
        for (int id = 2; id <= 170; id++) {
            source.traded(TRADES, id);
        }
        source.traded(other, 2);
        List<Delivery> taken = client.poll();
        Delivery received = taken.stream()
                .filter(one -> one.name() == EventName.TRADE)
                .filter(one -> new String(one.body(), StandardCharsets.UTF_8).equals("ETH 2"))
                .findFirst()
                .orElseThrow();
        client.close();
        assertThat(poll(client(Duration.ZERO, Optional.of(client.id(received)), TRADES, other)))
                .contains("trade BTC 2", "trade BTC 170");
    }

    @Test
    void after_a_pause_a_source_that_survives_it_is_left_alone() {
        source.survivesPauses = true;
        StreamClient client = live(QUOTES);
        hub.round();
        pass(Duration.ofHours(1));
        hub.round();
        assertThat(poll(client)).isEmpty();
        assertThat(source.opened).isEqualTo(1);
    }

    @Test
    void a_throttled_client_gets_the_newest_quote_once_an_interval_and_each_trade_at_once() {
        live(QUOTES, TRADES, ETH);
        StreamClient client = client(Duration.ofMillis(250), Optional.empty(), QUOTES, TRADES, ETH);
        poll(client);
        source.quoted(QUOTES, 2);
        assertThat(poll(client)).containsExactly("quote BTC 2");
        source.quoted(ETH, 7);
        source.quoted(QUOTES, 3);
        source.quoted(QUOTES, 4);
        assertThat(poll(client)).isEmpty();
        source.traded(TRADES, 2);
        assertThat(poll(client)).containsExactly("quote BTC 4", "trade BTC 2");
        pass(Duration.ofMillis(250));
        assertThat(poll(client)).containsExactly("quote ETH 7");
    }

    @Test
    void the_numbers_of_a_subscription_have_no_holes() {
        StreamClient client = live(QUOTES, TRADES);
        List<Long> numbers = new ArrayList<>();
        for (int i = 2; i < 20; i++) {
            source.quoted(QUOTES, i);
            source.quoted(QUOTES, i + 100);
            client.poll().forEach(one -> numbers.add(one.seq()));
        }
        assertThat(numbers).hasSize(18).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.getLast() - numbers.getFirst()).isEqualTo(17);
    }

    @Test
    void a_client_that_resumes_gets_every_trade_that_it_missed_and_the_latest_quote() {
        StreamClient client = live(QUOTES, TRADES);
        source.traded(TRADES, 2);
        source.quoted(QUOTES, 2);
        List<Delivery> before = client.poll();
        EventId last = client.id(before.getLast());
        client.close();
        source.traded(TRADES, 3);
        source.quoted(QUOTES, 3);
        source.traded(TRADES, 4);
        StreamClient again = client(Duration.ZERO, Optional.of(last), QUOTES, TRADES);
        assertThat(poll(again)).containsExactly("trade BTC 3", "trade BTC 4", "snapshot BTC 3", "status BTC UP");
        source.traded(TRADES, 5);
        assertThat(poll(again)).containsExactly("trade BTC 5");
    }

    @Test
    void a_client_that_left_before_it_got_a_waiting_trade_gets_it_when_it_resumes() {
        StreamClient client = live(QUOTES, TRADES);
        source.quoted(QUOTES, 2);
        source.traded(TRADES, 2);
        source.quoted(QUOTES, 3);
        Delivery quote = client.poll().getFirst();
        assertThat(poll(client(Duration.ZERO, Optional.of(client.id(quote)), TRADES)))
                .containsExactly("trade BTC 2");
    }

    @Test
    void a_client_that_resumes_from_another_epoch_or_too_late_is_told_to_start_anew() {
        live(TRADES);
        assertThat(poll(client(Duration.ZERO, EventId.find("other.1"), TRADES)))
                .containsExactly("resync resync", "snapshot BTC 1", "status BTC UP");
        hub = hub(new StreamConfig(
                true, 10, 10, 65536, 2, 65536, Duration.ZERO, Duration.ofSeconds(15), Duration.ofMillis(250)));
        StreamClient client = live(TRADES);
        EventId old = new EventId(hub.epoch(), 1);
        source.traded(TRADES, 2);
        source.traded(TRADES, 3);
        poll(client);
        assertThat(poll(client(Duration.ZERO, Optional.of(old), TRADES)))
                .containsExactly("resync resync", "snapshot BTC 1,2,3", "status BTC UP");
    }

    @Test
    void a_slow_client_gets_a_gap_and_a_snapshot_and_is_closed_at_the_third_time() {
        StreamClient client = live(TRADES);
        StreamClient quick = live(TRADES);
        for (int round = 1; round <= 3; round++) {
            long[] many = new long[20_000];
            Arrays.setAll(many, i -> 1_000_000 + i);
            source.traded(TRADES, many);
            source.traded(TRADES, many);
            assertThat(poll(quick)).anyMatch(event -> event.startsWith("trade") || event.startsWith("gap"));
            if (round < 3) {
                assertThat(poll(client))
                        .hasSize(3)
                        .first()
                        .asString()
                        .isEqualTo("gap BTC gap the client reads too slowly");
                assertThat(client.findEnd()).isEmpty();
            }
        }
        assertThat(client.findEnd()).contains(ClientEnd.SLOW);
    }

    @Test
    void a_client_that_reads_nothing_for_half_a_minute_is_closed() {
        StreamClient client = live(QUOTES);
        StreamClient idle = live(ETH);
        hub.round();
        source.quoted(QUOTES, 2);
        for (int second = 0; second < 31; second++) {
            pass(Duration.ofSeconds(1));
            hub.round();
        }
        assertThat(client.findEnd()).contains(ClientEnd.SLOW);
        assertThat(idle.findEnd()).isEmpty();
    }

    @Test
    void a_channel_lingers_after_its_last_listener() {
        StreamClient client = live(QUOTES);
        client.close();
        pass(Duration.ofSeconds(9));
        hub.round();
        assertThat(source.closed).isZero();
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofSeconds(9));
            hub.round();
        }
        assertThat(source.closed).isEqualTo(1);
    }

    @Test
    void a_sleep_of_the_machine_is_a_gap_and_a_new_subscription() {
        StreamClient client = live(TRADES);
        hub.round();
        nanos += 1_000_000_000L;
        now = now.plusSeconds(3600);
        hub.round();
        assertThat(poll(client)).containsExactly("gap BTC gap the gateway did not run, or its clock was set");
        assertThat(source.opened).isEqualTo(2);
        assertThat(source.closed).isEqualTo(1);
        source.send(TRADES, new StreamEvent.Snapshot(FakeEventSource.trades(TRADES, 9), now));
        assertThat(poll(client)).containsExactly("snapshot BTC 9");
    }

    @Test
    void the_stream_of_a_revoked_key_ends() {
        var client = ((Outcome.Success<StreamClient>) hub.open(Duration.ZERO, () -> false)).value();
        hub.round();
        assertThat(client.findEnd()).contains(ClientEnd.REVOKED);
    }

    @Test
    void more_clients_or_subscriptions_than_allowed_are_refused() {
        hub = hub(new StreamConfig(
                true, 1, 1, 65536, 10, 65536, Duration.ZERO, Duration.ofSeconds(15), Duration.ofMillis(250)));
        StreamClient client = client(QUOTES);
        assertThat(hub.open(Duration.ZERO, () -> true)).isInstanceOf(Outcome.Failed.class);
        assertThat(client.subscribe(List.of(TRADES), Optional.empty())).isPresent();
        client.close();
        assertThat(hub.open(Duration.ZERO, () -> true)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void a_reader_of_any_pace_sees_each_trade_once_and_in_order_or_inside_a_gap() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            hub = hub(new StreamConfig(
                    true,
                    10,
                    10,
                    16_384,
                    50,
                    65_536,
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(15),
                    Duration.ofMillis(250)));
            live(QUOTES, TRADES);
            long published = 1;
            long seen = 1;
            long inSnapshot = 1;
            Optional<EventId> last = Optional.empty();
            Duration throttle = Duration.ofMillis(random.nextInt(3) * 100L);
            StreamClient client = client(throttle, last, QUOTES, TRADES);
            boolean announced = false;
            for (int step = 0; step < 400; step++) {
                int what = random.nextInt(100);
                if (what < 55) {
                    source.traded(TRADES, ++published);
                } else if (what < 80) {
                    source.quoted(QUOTES, step);
                } else if (what < 82 && last.isPresent()) {
                    client.close();
                    client = client(throttle, last, QUOTES, TRADES);
                } else if (what < 83) {
                    for (int i = 0; i < 150; i++) {
                        source.traded(TRADES, ++published);
                    }
                    pass(Duration.ofSeconds(40));
                } else {
                    List<Delivery> taken = client.poll();
                    int read = random.nextInt(10) == 0 ? random.nextInt(taken.size() + 1) : taken.size();
                    for (Delivery one : taken.subList(0, read)) {
                        last = Optional.of(client.id(one));
                        String text = new String(one.body(), StandardCharsets.UTF_8).substring(4);
                        announced |= one.name() == EventName.GAP || one.name() == EventName.RESYNC;
                        if (one.name() == EventName.TRADE) {
                            long id = Long.parseLong(text);
                            if (id <= inSnapshot) {
                                continue; // a client that left between two snapshots gets what was in the first again
                            }
                            assertThat(id).as("seed %d", seed).isGreaterThan(seen);
                            if (!announced) {
                                assertThat(id).as("seed %d", seed).isEqualTo(seen + 1);
                            }
                            seen = id;
                            announced = false;
                        } else if (one.name() == EventName.SNAPSHOT && text.contains(",")) {
                            inSnapshot = Long.parseLong(text.substring(text.lastIndexOf(',') + 1));
                            long newest = Long.parseLong(text.substring(text.lastIndexOf(',') + 1));
                            if (last.isPresent() && (announced || newest >= seen)) {
                                seen = Math.max(seen, newest);
                                announced = false;
                            }
                        }
                    }
                    if (read < taken.size()) {
                        client.close();
                        client = client(throttle, last, QUOTES, TRADES);
                        if (last.isEmpty()) {
                            seen = 0;
                            inSnapshot = 0;
                            announced = true;
                        }
                    }
                }
                if (client.findEnd().isPresent()) {
                    client.close();
                    client = client(throttle, last, QUOTES, TRADES);
                    announced |= last.isEmpty();
                }
                pass(Duration.ofMillis(random.nextInt(80)));
            }
        }
    }
}
