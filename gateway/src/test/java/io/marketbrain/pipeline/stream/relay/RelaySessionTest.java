package io.marketbrain.pipeline.stream.relay;

import static io.marketbrain.pipeline.stream.relay.RelayedMarket.NOW;
import static io.marketbrain.pipeline.stream.relay.RelayedMarket.QUOTES;
import static io.marketbrain.pipeline.stream.relay.RelayedMarket.TRADES;
import static io.marketbrain.pipeline.stream.relay.RelayedMarket.snapshot;
import static io.marketbrain.pipeline.stream.relay.RelayedMarket.up;
import static io.marketbrain.pipeline.stream.relay.RelayedMarket.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource.Subscription;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Current;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Happened;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Heard;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Unavailable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelaySessionTest {
    private static final RelayConfig CONFIG = RelayConfig.defaults();
    private static final RelayMessageCodec CODEC = new RelayMessageCodec(RelayedMarket.DATA);
    private static final long LEASE = CONFIG.lease().toNanos();

    private final RelayedMarket own = new RelayedMarket();
    private final List<String> heard = new ArrayList<>();
    private Instant now = NOW;
    private final RelaySession session = new RelaySession(
            RelayedMarket.BINANCE, CONFIG, own, _ -> true, CODEC, () -> {}, () -> 0, () -> now, new Random(1));
    private long number;
    private final List<Long> heardAt = new ArrayList<>();

    private Subscription listen(Channel channel) {
        return session.subscribe(
                channel,
                new EventSink() {
                    @Override
                    public void accept(StreamEvent event) {
                        heard.add(RelayedMarket.words(event));
                    }

                    @Override
                    public void heard(long nanos) {
                        heardAt.add(nanos);
                    }
                },
                0);
    }

    private List<String> heard() {
        List<String> events = List.copyOf(heard);
        heard.clear();
        return events;
    }

    private void reply(boolean held, long token, long nanos, List<Channel> wanted, List<Channel> asked) {
        session.replied(
                session.request(),
                new LeaseReply(held, token, true, 1, Optional.of(texts(wanted)), texts(asked)),
                nanos);
    }

    private static List<String> texts(List<Channel> channels) {
        return channels.stream().map(ChannelText::of).toList();
    }

    private void hold(long token, Channel... wanted) {
        reply(true, token, 0, List.of(wanted), List.of());
    }

    /** Follows a holder whose token is 7, with everything asked for. */
    private void follow() {
        reply(false, 7, 0, List.of(), List.of());
        session.positioned(session.readerEpoch());
        reply(false, 7, 0, List.of(), List.of());
    }

    private boolean arrives(long token, RelayMessage message) {
        return arrives(token, ++number, message);
    }

    private boolean arrives(long token, long withNumber, RelayMessage message) {
        byte[] body = CODEC.encode(ChannelText.of(TRADES), message);
        return session.received(
                ByteBuffer.allocate(16 + body.length)
                        .putLong(token)
                        .putLong(withNumber)
                        .put(body)
                        .array(),
                0);
    }

    private List<String> published() {
        PublishQueue.Batch batch = session.queue.next();
        session.queue.published(batch);
        return batch.messages().stream()
                .map(message -> {
                    byte[] body = Arrays.copyOfRange(message, 16, message.length);
                    Channel channel = ChannelText.find(
                                    RelayedMarket.BINANCE,
                                    RelayMessageCodec.findChannel(body).orElseThrow())
                            .orElseThrow();
                    return switch (CODEC.decode(channel, body).orElseThrow()) {
                        case Current(var status, var known) ->
                            "state " + (status == null ? "" : status.state()) + " "
                                    + (known == null ? "" : RelayedMarket.words(known));
                        case Happened(StreamEvent event) -> RelayedMarket.words(event);
                        case Heard(Instant at) ->
                            "heard " + Duration.between(NOW, at).toMillis();
                        case Unavailable() -> "unavailable";
                    };
                })
                .toList();
    }

    @Test
    void a_holder_publishes_only_what_others_want() {
        listen(TRADES);
        listen(QUOTES);
        hold(5, QUOTES);
        own.send(TRADES, snapshot(1));
        own.send(QUOTES, new StreamEvent.Update(RelayedMarket.quote(3), NOW));
        assertThat(heard()).containsExactly("snapshot 1", "3");
        assertThat(published()).containsExactly("3");
    }

    @Test
    void a_holder_serves_what_only_others_want_until_they_want_it_no_more() {
        listen(TRADES);
        hold(5, QUOTES);
        assertThat(own.sinks).containsOnlyKeys(TRADES, QUOTES);
        hold(5);
        assertThat(own.sinks).containsOnlyKeys(TRADES);
    }

    @Test
    void a_holder_sends_the_state_that_was_asked_for_in_order_with_its_events() {
        listen(TRADES);
        hold(5, TRADES);
        own.send(TRADES, up());
        own.send(TRADES, snapshot(1));
        own.send(TRADES, update(2));
        reply(true, 5, 0, List.of(TRADES), List.of(TRADES, QUOTES));
        own.send(TRADES, update(3));
        assertThat(published())
                .containsExactly("UP RELAY", "snapshot 1", "2", "state UP snapshot 1,2", "unavailable", "3");
    }

    @Test
    void a_follower_gets_a_state_and_then_the_changes_without_a_feed_of_its_own() {
        listen(TRADES);
        follow();
        arrives(7, new Happened(update(1)));
        assertThat(heard()).isEmpty();
        arrives(7, new Current(up(), snapshot(1)));
        arrives(7, new Happened(update(2)));
        arrives(7, new Current(up(), snapshot(1, 2)));
        assertThat(heard()).containsExactly("UP RELAY", "snapshot 1", "2");
        assertThat(own.opened).isZero();
    }

    @Test
    void it_asks_for_a_state_only_when_the_reader_knows_its_position() {
        listen(TRADES);
        reply(false, 7, 0, List.of(), List.of());
        assertThat(session.request().asked()).isEmpty();
        session.positioned(session.readerEpoch());
        assertThat(session.request().asked()).containsExactly(ChannelText.of(TRADES));
        reply(false, 7, 0, List.of(), List.of());
        assertThat(session.request().asked()).isEmpty();
    }

    @Test
    void a_number_that_is_missing_is_a_gap_before_the_state_that_is_asked_for() {
        listen(TRADES);
        follow();
        arrives(7, new Current(up(), snapshot(1)));
        assertThat(arrives(7, 3, new Happened(update(3)))).isTrue();
        assertThat(session.request().asked()).hasSize(1);
        arrives(7, 4, new Current(up(), snapshot(2, 3)));
        arrives(7, 5, new Happened(update(4)));
        assertThat(heard()).containsExactly("UP RELAY", "snapshot 1", "gap", "snapshot 2,3", "4");
        assertThat(session.counters.lost.sum()).isEqualTo(1);
    }

    @Test
    void a_message_that_was_sent_again_is_delivered_once() {
        listen(TRADES);
        follow();
        arrives(7, 1, new Current(up(), snapshot(1)));
        arrives(7, 2, new Happened(update(2)));
        arrives(7, 2, new Happened(update(2)));
        assertThat(heard()).containsExactly("UP RELAY", "snapshot 1", "2");
    }

    @Test
    void messages_of_a_former_holder_are_ignored() {
        listen(TRADES);
        follow();
        arrives(7, new Current(up(), snapshot(1)));
        arrives(6, new Happened(update(9)));
        assertThat(heard()).containsExactly("UP RELAY", "snapshot 1");
        assertThat(session.counters.fenced.sum()).isEqualTo(1);
    }

    @Test
    void a_new_holder_is_announced_as_a_gap() {
        listen(TRADES);
        follow();
        arrives(7, 40, new Current(up(), snapshot(1)));
        assertThat(arrives(8, 1, new Happened(update(5)))).isTrue();
        arrives(7, 41, new Happened(update(2)));
        arrives(8, 2, new Current(up(), snapshot(5)));
        assertThat(heard()).containsExactly("UP RELAY", "snapshot 1", "gap", "snapshot 5");
    }

    @Test
    void a_follower_that_takes_over_announces_what_it_may_have_missed() {
        listen(TRADES);
        follow();
        arrives(7, new Current(up(), snapshot(1)));
        hold(8);
        own.send(TRADES, up());
        own.send(TRADES, snapshot(4));
        assertThat(heard()).containsExactly("UP RELAY", "snapshot 1", "UP WEBSOCKET", "gap", "snapshot 4");
    }

    @Test
    void a_holder_whose_messages_are_refused_publishes_nothing_more_and_follows() {
        listen(TRADES);
        hold(5, TRADES);
        own.send(TRADES, snapshot(1));
        session.fenced(5);
        assertThat(published()).isEmpty();
        follow();
        own.send(TRADES, update(2));
        assertThat(published()).isEmpty();
        arrives(7, new Current(up(), snapshot(2)));
        assertThat(own.sinks).isEmpty();
        assertThat(heard()).containsExactly("snapshot 1", "2", "UP RELAY", "gap", "snapshot 2");
    }

    @Test
    void where_redis_refuses_the_connection_the_own_feed_is_opened_at_once() {
        listen(TRADES);
        session.unreachable();
        assertThat(own.opened).isEqualTo(1);
        listen(QUOTES);
        assertThat(own.opened).isEqualTo(2);
    }

    @Test
    void where_redis_does_not_reply_the_own_feed_is_opened_after_a_moment() {
        session.begin(0);
        listen(TRADES);
        session.watch(RedisSilence.DECISION.toNanos());
        assertThat(own.opened).isZero();
        session.watch(RedisSilence.DECISION.toNanos() + 1);
        assertThat(own.opened).isEqualTo(1);
    }

    @Test
    void a_follower_opens_its_own_feed_once_after_a_random_wait_when_redis_goes_away() {
        listen(TRADES);
        follow();
        arrives(7, new Current(up(), snapshot(1)));
        session.unreachable();
        session.watch(LEASE + 1);
        session.watch(LEASE + 2);
        assertThat(own.opened).isZero();
        session.watch(LEASE + 1 + CONFIG.ownFeedWait().toNanos());
        session.watch(2 * LEASE + CONFIG.ownFeedWait().toNanos());
        assertThat(own.opened).isEqualTo(1);
        own.send(TRADES, snapshot(9));
        assertThat(heard()).containsExactly("UP RELAY", "snapshot 1", "STALE RELAY", "gap", "snapshot 9");
    }

    @Test
    void a_holder_keeps_its_feed_when_redis_goes_away_and_comes_back() {
        listen(TRADES);
        hold(5, TRADES);
        own.send(TRADES, snapshot(1));
        session.watch(LEASE + 1);
        assertThat(session.role()).isEqualTo(RelayRole.ALONE);
        own.send(TRADES, update(2));
        hold(6);
        own.send(TRADES, update(3));
        assertThat(own.opened).isEqualTo(1);
        assertThat(heard()).containsExactly("snapshot 1", "2", "3");
    }

    @Test
    void the_own_feed_ends_only_when_the_holder_has_sent_the_state() {
        listen(TRADES);
        session.unreachable();
        own.send(TRADES, up());
        own.send(TRADES, snapshot(1));
        follow();
        own.send(TRADES, update(2));
        arrives(7, new Current(up(), snapshot(2)));
        assertThat(own.sinks).isEmpty();
        assertThat(heard()).containsExactly("UP WEBSOCKET", "snapshot 1", "2", "UP RELAY", "gap", "snapshot 2");
    }

    @Test
    void what_the_holder_cannot_relay_is_opened_here() {
        listen(TRADES);
        follow();
        arrives(7, new Unavailable());
        assertThat(own.opened).isEqualTo(1);
    }

    @Test
    void a_holder_that_does_not_send_a_state_is_not_waited_for_forever() {
        listen(TRADES);
        follow();
        long late = StateRequests.PATIENCE.plus(Duration.ofMillis(1)).toNanos();
        reply(false, 7, late, List.of(), List.of());
        session.watch(late);
        assertThat(own.opened).isEqualTo(1);
    }

    @Test
    void a_state_that_comes_after_the_own_feed_was_opened_ends_it() {
        listen(TRADES);
        follow();
        long late = StateRequests.PATIENCE.plus(Duration.ofMillis(1)).toNanos();
        reply(false, 7, late, List.of(), List.of());
        session.watch(late);
        own.send(TRADES, up());
        own.send(TRADES, snapshot(1));
        assertThat(session.request().asked()).containsExactly(ChannelText.of(TRADES));
        arrives(7, new Current(up(), snapshot(2)));
        assertThat(own.sinks).isEmpty();
        assertThat(heard()).containsExactly("UP WEBSOCKET", "snapshot 1", "UP RELAY", "gap", "snapshot 2");
    }

    @Test
    void what_the_holder_could_not_relay_is_asked_for_again_after_a_while() {
        listen(TRADES);
        follow();
        arrives(7, new Unavailable());
        own.send(TRADES, snapshot(1));
        long later = StateRequests.REFUSED.plus(Duration.ofMillis(1)).toNanos();
        reply(false, 7, later, List.of(), List.of());
        assertThat(session.request().asked()).isEmpty();
        session.watch(later);
        assertThat(session.request().asked()).containsExactly(ChannelText.of(TRADES));
        arrives(7, new Current(up(), snapshot(2)));
        assertThat(own.sinks).isEmpty();
        assertThat(heard()).containsExactly("snapshot 1", "UP RELAY", "gap", "snapshot 2");
    }

    @Test
    void a_state_that_was_asked_for_before_there_was_one_follows_with_the_first_trade() {
        listen(TRADES);
        follow();
        arrives(7, new Current(up(), snapshot(1)));
        hold(8, TRADES);
        own.send(TRADES, snapshot());
        reply(true, 8, 0, List.of(TRADES), List.of(TRADES));
        own.send(TRADES, update(5));
        own.send(TRADES, update(6));
        assertThat(published()).containsExactly("snapshot ", "state UP ", "5", "state UP snapshot 5", "6");
    }

    @Test
    void a_state_that_does_not_come_is_asked_for_again() {
        listen(TRADES);
        follow();
        session.watch(Duration.ofMillis(900).toNanos());
        assertThat(session.request().asked()).isEmpty();
        session.watch(Duration.ofMillis(1100).toNanos());
        assertThat(session.request().asked()).containsExactly(ChannelText.of(TRADES));
    }

    @Test
    void a_holder_that_had_no_state_yet_and_falls_silent_is_asked_again() {
        listen(TRADES);
        follow();
        arrives(7, new Current(up(), null));
        long patience = StateRequests.PATIENCE.toNanos();
        reply(false, 7, patience, List.of(), List.of());
        session.watch(patience);
        assertThat(session.request().asked()).isEmpty();
        session.watch(patience + 1);
        assertThat(session.request().asked()).containsExactly(ChannelText.of(TRADES));
        assertThat(own.opened).as("the holder serves it").isZero();
        arrives(7, new Current(up(), snapshot(1)));
        assertThat(heard()).endsWith("snapshot 1");
    }

    @Test
    void a_long_lease_is_renewed_every_second_all_the_same() {
        assertThat(CONFIG.renewal()).isEqualTo(CONFIG.lease().dividedBy(8));
        var longer = new RelayConfig(true, Duration.ofMinutes(1), CONFIG.ownFeedWait(), 100, CONFIG.waiting(), 1);
        assertThat(longer.renewal()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_holder_whose_feed_is_down_for_long_leaves_it_to_another_gateway() {
        listen(TRADES);
        hold(5, TRADES);
        own.send(TRADES, new StreamEvent.Status(FeedState.DOWN, Mode.LIVE, FeedTransport.WEBSOCKET, "blocked", NOW));
        session.watch(0);
        reply(true, 5, HolderHealth.DOWN.toNanos(), List.of(TRADES), List.of());
        session.watch(HolderHealth.DOWN.toNanos());
        assertThat(session.request().wantsLease()).isTrue();
        session.watch(HolderHealth.DOWN.toNanos() + 1);
        assertThat(session.request().wantsLease()).isFalse();
        assertThat(session.request().ownToken()).isZero();
        reply(false, 5, HolderHealth.DOWN.toNanos() + 2, List.of(), List.of());
        reply(false, 6, HolderHealth.DOWN.toNanos() + 3, List.of(), List.of());
        arrives(6, new Current(up(), snapshot(1)));
        assertThat(heard()).containsExactly("DOWN WEBSOCKET", "UP RELAY", "snapshot 1");
        assertThat(own.sinks).isEmpty();
        session.watch(HolderHealth.DOWN.plus(HolderHealth.LEAVE).toNanos() + 2);
        assertThat(session.request().wantsLease()).isTrue();
    }

    @Test
    void the_last_word_of_the_provider_is_passed_on_as_late_as_it_is() {
        listen(TRADES);
        hold(5, TRADES);
        own.send(TRADES, snapshot(1));
        own.sinks.get(TRADES).heard(-3_000_000);
        own.sinks.get(TRADES).heard(-2_000_000);
        assertThat(heardAt).containsExactly(-3_000_000L, -2_000_000L);
        assertThat(published()).containsExactly("snapshot 1", "heard -3");
    }

    @Test
    void a_relayed_word_of_the_provider_counts_from_when_it_was_heard() {
        listen(TRADES);
        follow();
        arrives(7, new Heard(NOW));
        arrives(7, new Current(up(), snapshot(1)));
        arrives(7, new Heard(NOW));
        now = NOW.plusSeconds(3);
        arrives(7, new Heard(NOW.plusSeconds(1)));
        assertThat(heardAt).containsExactly(0L, -2_000_000_000L);
    }

    @Test
    void a_gap_in_trades_is_by_the_clock_of_the_trades() {
        var gaps = new ArrayList<StreamEvent.Gap>();
        session.subscribe(
                TRADES,
                event -> {
                    if (event instanceof StreamEvent.Gap gap) {
                        gaps.add(gap);
                    }
                },
                0);
        follow();
        arrives(7, new Current(up(), snapshot(1)));
        now = NOW.plusSeconds(99);
        hold(8);
        own.send(TRADES, snapshot());
        assertThat(gaps).isEmpty();
        own.send(TRADES, update(5));
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(NOW);
            assertThat(gap.to()).isEqualTo(NOW);
        });
    }

    @Test
    void who_comes_late_learns_that_the_provider_cannot_deliver() {
        listen(TRADES);
        hold(5, TRADES);
        own.send(TRADES, new StreamEvent.Failed(new Failure.Unsupported(RelayedMarket.BINANCE, "no trades")));
        reply(true, 5, 0, List.of(TRADES), List.of(TRADES));
        assertThat(published()).containsExactly("unsupported", "state  ", "unsupported");
        heard();
        listen(TRADES);
        assertThat(heard()).containsExactly("unsupported");
    }

    @Test
    void a_message_that_cannot_be_read_is_a_gap() {
        listen(TRADES);
        follow();
        arrives(7, new Current(up(), snapshot(1)));
        byte[] body = CODEC.encode(ChannelText.of(TRADES), new Happened(update(2)));
        body[body.length - 1] ^= 0x55;
        var damaged = ByteBuffer.allocate(16 + body.length + 1).putLong(7).putLong(++number);
        assertThat(session.received(damaged.put(body).array(), 0)).isTrue();
        arrives(7, new Current(up(), snapshot(3)));
        assertThat(heard()).containsExactly("UP RELAY", "snapshot 1", "gap", "snapshot 3");
    }

    @Test
    void further_channels_than_the_limit_are_opened_here() {
        var small = new RelayConfig(true, CONFIG.lease(), CONFIG.ownFeedWait(), 100, CONFIG.waiting(), 1);
        var limited = new RelaySession(
                RelayedMarket.BINANCE, small, own, _ -> true, CODEC, () -> {}, () -> 0, () -> now, new Random(1));
        limited.subscribe(TRADES, _ -> {}, 0);
        limited.subscribe(QUOTES, _ -> {}, 0);
        assertThat(limited.request().list()).hasValue(ChannelText.of(TRADES));
        limited.replied(limited.request(), new LeaseReply(false, 7, true, 1, Optional.empty(), List.of()), 0);
        assertThat(own.sinks).containsOnlyKeys(QUOTES);
    }

    @Test
    void what_redis_has_forgotten_is_sent_again() {
        listen(TRADES);
        reply(true, 5, 0, List.of(), List.of());
        assertThat(session.request().list()).isEmpty();
        session.replied(session.request(), new LeaseReply(true, 5, false, 1, Optional.empty(), List.of()), 0);
        assertThat(session.request().list()).hasValue(ChannelText.of(TRADES));
    }
}
