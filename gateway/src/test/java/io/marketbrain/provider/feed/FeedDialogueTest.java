package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.StreamKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeedDialogueTest {
    private static final ProviderId PROVIDER = new ProviderId("played");
    private static final FeedChannel TRADES = ScriptedFeed.channel("BTC", new StreamKind.Trades());
    private static final FeedChannel BOOK = ScriptedFeed.channel("BTC", new StreamKind.Book(5));

    private final FakeFeedSocket socket = new FakeFeedSocket("");
    private final Map<String, KeyState> states = new LinkedHashMap<>();
    private long nanos;

    private FeedContext context(boolean shares) {
        return new FeedContext(
                PROVIDER,
                Mode.LIVE,
                new ScriptedFeed(shares, false),
                (_, _) -> socket,
                (_, _) -> {},
                _ -> Outcome.failed(new Failure.Unreachable(PROVIDER, "none")),
                () -> Instant.ofEpochSecond(0, nanos),
                () -> nanos,
                new Random(1));
    }

    private void listen(FeedContext context, FeedChannel channel) {
        states.put(context.adapter().key(channel), KeyState.of(context, channel, () -> {}, Runnable::run));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** What is sent when as much time passes as the provider demands between messages. */
    private List<String> sent(FeedDialogue dialogue) throws Exception {
        for (int i = 0; i < 5; i++) {
            dialogue.sendDue(socket);
            pass(ScriptedFeed.INTERVAL);
        }
        List<String> all = new ArrayList<>();
        for (String text = socket.sent(); text != null; text = socket.sent()) {
            all.add(text.substring(0, text.indexOf('@')));
        }
        return all;
    }

    @Test
    void opening_messages_come_first_each_with_its_time_and_at_the_pace_of_the_provider() throws Exception {
        var dialogue = new FeedDialogue(context(false));
        dialogue.subscribe(TRADES);
        dialogue.sendDue(socket);
        dialogue.sendDue(socket);
        assertThat(socket.sent()).isEqualTo("hello@0");
        assertThat(socket.sent()).isNull();
        assertThat(dialogue.untilDue()).isEqualTo(ScriptedFeed.INTERVAL);
        pass(Duration.ofSeconds(3));
        dialogue.sendDue(socket);
        assertThat(socket.sent()).isEqualTo("+trades:BTC@3");
    }

    @Test
    void channels_of_one_subscription_are_subscribed_to_once() throws Exception {
        var dialogue = new FeedDialogue(context(true));
        dialogue.subscribe(List.of(TRADES, BOOK, ScriptedFeed.channel("ETH", new StreamKind.Trades())));
        assertThat(sent(dialogue)).containsExactly("hello", "+BTC", "+ETH");
    }

    @Test
    void a_channel_that_the_provider_has_named_is_left_by_that_name() throws Exception {
        FeedContext context = context(false);
        var dialogue = new FeedDialogue(context);
        listen(context, TRADES);
        dialogue.take(new FeedSignal.Bound("7", "trades:BTC"), states);
        var print = new FeedSignal.Prints("7", List.of(), null, false);
        assertThat(dialogue.take(print, states)).contains(states.get("trades:BTC"));
        dialogue.resubscribe(states.get("trades:BTC"));
        assertThat(sent(dialogue)).containsExactly("hello", "-#7", "+trades:BTC");
        assertThat(dialogue.take(print, states)).as("the old name").isEmpty();
    }

    @Test
    void a_channel_that_is_named_after_it_was_left_is_left_again() throws Exception {
        var dialogue = new FeedDialogue(context(false));
        dialogue.unsubscribe(TRADES);
        dialogue.take(new FeedSignal.Bound("7", "trades:BTC"), states);
        assertThat(sent(dialogue)).containsExactly("hello", "-trades:BTC", "-#7");
    }

    @Test
    void heartbeats_follow_the_interval_of_the_connection() throws Exception {
        var dialogue = new FeedDialogue(context(false), Duration.ofSeconds(5));
        assertThat(sent(dialogue)).containsExactly("hello");
        pass(Duration.ofSeconds(5));
        assertThat(sent(dialogue)).containsExactly("beat");
        assertThat(dialogue.silenceLimit()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_number_of_the_connection_that_is_missing_ends_it() throws Exception {
        var dialogue = new FeedDialogue(context(false));
        dialogue.take(new FeedSignal.Numbered("", 5), states);
        dialogue.take(new FeedSignal.Numbered("", 6), states);
        assertThatThrownBy(() -> dialogue.take(new FeedSignal.Numbered("", 8), states))
                .isInstanceOf(FeedBroken.class);
    }

    @Test
    void numbers_of_a_channel_that_are_missing_are_a_break_of_it() throws Exception {
        FeedContext context = context(false);
        var dialogue = new FeedDialogue(context);
        listen(context, TRADES);
        KeyState state = states.get("trades:BTC");
        state.tellSnapshot(Instant.EPOCH, _ -> new MarketData.Trades(TRADES.listing(), List.of(), null));
        for (long number : new long[] {5, 6, 6, 7}) {
            dialogue.take(new FeedSignal.Numbered("trades:BTC", number), states);
            assertThat(state.broken()).isFalse();
        }
        dialogue.take(new FeedSignal.Numbered("trades:BTC", 9), states);
        assertThat(state.broken()).isTrue();
        assertThat(sent(dialogue)).containsExactly("hello");
    }

    @Test
    void a_message_that_comes_after_a_later_one_or_twice_is_left_out() throws Exception {
        FeedContext context = context(false);
        var dialogue = new FeedDialogue(context);
        listen(context, TRADES);
        var message = new FeedSignal.Prints("trades:BTC", List.of(), null, false);
        for (long number : new long[] {5, 7, 9}) {
            dialogue.take(new FeedSignal.Numbered("trades:BTC", number), states);
            assertThat(dialogue.take(message, states)).isPresent();
        }
        for (long number : new long[] {8, 9}) {
            dialogue.take(new FeedSignal.Numbered("trades:BTC", number), states);
            assertThat(dialogue.take(message, states)).isEmpty();
        }
        dialogue.take(new FeedSignal.Numbered("trades:BTC", 10), states);
        assertThat(dialogue.take(message, states)).isPresent();
    }

    @Test
    void a_subscription_that_was_refused_for_the_moment_is_due_again_once() throws Exception {
        FeedContext context = context(false);
        var dialogue = new FeedDialogue(context);
        listen(context, TRADES);
        dialogue.take(new FeedSignal.Refused("trades:BTC", "busy", false), states);
        assertThat(dialogue.dueRetries()).isEmpty();
        pass(Duration.ofSeconds(10));
        assertThat(dialogue.dueRetries()).containsExactly("trades:BTC");
        assertThat(dialogue.dueRetries()).isEmpty();
        dialogue.take(new FeedSignal.Refused("trades:BTC", "unknown", true), states);
        pass(Duration.ofSeconds(10));
        assertThat(dialogue.dueRetries()).as("what is refused for good").isEmpty();
    }

    @Test
    void a_connection_is_too_old_after_the_lifetime_that_the_provider_grants() {
        var dialogue = new FeedDialogue(context(false));
        pass(Duration.ofHours(1));
        assertThat(dialogue.tooOld()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(dialogue.tooOld()).isTrue();
    }
}
