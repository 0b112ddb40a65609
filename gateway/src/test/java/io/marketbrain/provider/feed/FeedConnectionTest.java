package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.EventSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedConnectionTest {
    private static final ProviderId PROVIDER = new ProviderId("played");
    private static final FeedChannel TRADES = ScriptedFeed.channel("BTC", new StreamKind.Trades());
    private static final FeedChannel BOOK = ScriptedFeed.channel("BTC", new StreamKind.Book(5));

    private final BlockingQueue<FakeFeedSocket> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamEvent> events = new LinkedBlockingQueue<>();
    private final EventSink sink = events::add;
    private final BlockingQueue<Outcome<byte[]>> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger addressRequests = new AtomicInteger();
    private FeedConnection connection;
    /** By how many seconds the clock of the wall has gone on. */
    private volatile long clockAhead;
    /** By how many seconds the clock of the process has gone on. */
    private volatile long passed;

    private void start(boolean shares, boolean asks) {
        var context = new FeedContext(
                PROVIDER,
                Mode.LIVE,
                new ScriptedFeed(shares, asks),
                (address, _) -> {
                    var socket = new FakeFeedSocket(address);
                    opened.add(socket);
                    return socket;
                },
                (_, _) -> {},
                _ -> {
                    addressRequests.incrementAndGet();
                    return answers.remove();
                },
                () -> Instant.now().plusSeconds(clockAhead),
                () -> System.nanoTime() + TimeUnit.SECONDS.toNanos(passed),
                new Random(1));
        connection = new FeedConnection(
                context,
                new FeedGate(context.nanoClock()),
                new AddressFinder(
                        context, FeedLocation.of(context.adapter().terms().base())));
        connection.start();
    }

    @AfterEach
    void stop() {
        connection.stop();
    }

    private static Channel channel(FeedChannel wanted) {
        return new Channel(PROVIDER, wanted.listing().instrument(), wanted.kind());
    }

    private void join(String key, FeedChannel wanted) {
        connection.join(key, wanted, channel(wanted), sink);
    }

    private FakeFeedSocket socket() throws InterruptedException {
        FakeFeedSocket socket = opened.poll(10, TimeUnit.SECONDS);
        assertThat(socket).as("a connection").isNotNull();
        return socket;
    }

    private static List<String> sent(FakeFeedSocket socket, int messages) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            String text = socket.awaitSent();
            texts.add(text.substring(0, text.indexOf('@')));
        }
        return texts;
    }

    /** The events up to the first of a type, which is the last one. */
    private List<StreamEvent> until(Class<? extends StreamEvent> type) throws InterruptedException {
        List<StreamEvent> seen = new ArrayList<>();
        while (seen.isEmpty() || !type.isInstance(seen.getLast())) {
            StreamEvent next = events.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("an event after %s", seen).isNotNull();
            seen.add(next);
        }
        return seen;
    }

    @Test
    void connects_when_something_is_wanted_and_closes_when_nothing_is() throws Exception {
        start(false, false);
        join("trades:BTC", TRADES);
        FakeFeedSocket socket = socket();
        assertThat(socket.address).isEqualTo("wss://feed.test/path");
        assertThat(sent(socket, 2)).containsExactly("hello", "+trades:BTC");
        socket.deliver("trade BTC 1");
        until(StreamEvent.Update.class);
        connection.leave("trades:BTC", sink);
        while (!socket.closed) {
            Thread.onSpinWait();
        }
        assertThat(connection.connected()).isFalse();
        assertThat(connection.reconnects()).isZero();
    }

    @Test
    void keys_of_one_subscription_are_renewed_together_and_left_with_the_last() throws Exception {
        start(true, false);
        join("trades:BTC", TRADES);
        FakeFeedSocket socket = socket();
        assertThat(sent(socket, 2)).containsExactly("hello", "+BTC");
        join("book:BTC", BOOK);
        assertThat(sent(socket, 2)).as("the second key needs a first state").containsExactly("-BTC", "+BTC");
        connection.leave("trades:BTC", sink);
        var other = ScriptedFeed.channel("ETH", new StreamKind.Book(5));
        join("book:ETH", other);
        assertThat(sent(socket, 1)).as("the book still needs it").containsExactly("+ETH");
        connection.leave("book:BTC", sink);
        assertThat(sent(socket, 1)).containsExactly("-BTC");
    }

    @Test
    void the_address_is_requested_before_each_connection() throws Exception {
        answers.add(Outcome.success("wss://first.test/?token=a".getBytes(StandardCharsets.UTF_8)));
        answers.add(Outcome.success("wss://second.test/?token=b".getBytes(StandardCharsets.UTF_8)));
        start(false, true);
        join("trades:BTC", TRADES);
        FakeFeedSocket first = socket();
        assertThat(first.address).isEqualTo("wss://first.test/?token=a");
        first.deliver("trade BTC 1");
        until(StreamEvent.Update.class);
        first.end();
        FakeFeedSocket second = socket();
        assertThat(second.address).isEqualTo("wss://second.test/?token=b");
        second.deliver("trade BTC 2");
        assertThat(until(StreamEvent.Update.class)).hasAtLeastOneElementOfType(StreamEvent.Gap.class);
        assertThat(addressRequests).hasValue(2);
        assertThat(connection.reconnects()).isOne();
    }

    @Test
    void a_request_for_the_address_that_fails_is_told_and_made_again() throws Exception {
        answers.add(Outcome.failed(new Failure.Unreachable(PROVIDER, "no route")));
        answers.add(Outcome.success("wss://second.test/".getBytes(StandardCharsets.UTF_8)));
        start(false, true);
        join("trades:BTC", TRADES);
        assertThat(socket().address).isEqualTo("wss://second.test/");
        assertThat(events.stream()
                        .filter(StreamEvent.Status.class::isInstance)
                        .map(StreamEvent.Status.class::cast)
                        .filter(status -> status.state() == FeedState.DOWN)
                        .map(StreamEvent.Status::reason))
                .containsExactly("the address of the feed could not be requested: no route");
    }

    @Test
    void a_message_that_is_not_documented_ends_the_connection() throws Exception {
        start(false, false);
        join("trades:BTC", TRADES);
        socket().deliver("nonsense");
        FakeFeedSocket second = socket();
        assertThat(sent(second, 2)).containsExactly("hello", "+trades:BTC");
        assertThat(events.stream()
                        .filter(StreamEvent.Status.class::isInstance)
                        .map(event -> ((StreamEvent.Status) event).reason()))
                .contains("the feed sent what is not documented: the word nonsense");
    }

    /** The reasons of the statuses so far. */
    private List<String> reasons() {
        return events.stream()
                .filter(StreamEvent.Status.class::isInstance)
                .map(event -> ((StreamEvent.Status) event).reason())
                .toList();
    }

    @Test
    void a_connection_of_before_the_machine_was_suspended_is_opened_again() throws Exception {
        start(false, false);
        join("trades:BTC", TRADES);
        FakeFeedSocket first = socket();
        first.deliver("trade BTC 1");
        until(StreamEvent.Update.class);
        clockAhead = 60;
        first.deliver("trade BTC 2");
        socket().deliver("trade BTC 3");
        assertThat(until(StreamEvent.Gap.class)).isNotEmpty();
        assertThat(until(StreamEvent.Update.class)).isNotEmpty();
        assertThat(first.closed).isTrue();
    }

    @Test
    void a_connection_that_falls_silent_is_opened_again() throws Exception {
        start(false, false);
        join("trades:BTC", TRADES);
        FakeFeedSocket first = socket();
        first.deliver("trade BTC 1");
        until(StreamEvent.Update.class);
        first.silence = ScriptedFeed.HEARTBEAT.multipliedBy(2).plus(Duration.ofSeconds(1));
        first.wake();
        socket();
        assertThat(reasons()).contains("the feed was silent for 40 s");
    }

    @Test
    void a_channel_that_is_silent_for_longer_than_usual_is_subscribed_to_anew_alone() throws Exception {
        start(false, false);
        join("trades:BTC", TRADES);
        FakeFeedSocket only = socket();
        assertThat(sent(only, 2)).containsExactly("hello", "+trades:BTC");
        for (int trade = 1; trade <= 30; trade++) {
            only.deliver("trade BTC " + trade);
            until(StreamEvent.Update.class);
        }
        passed = 60;
        only.wake();
        List<String> texts = new ArrayList<>();
        while (!texts.contains("+trades:BTC")) {
            texts.addAll(sent(only, 1));
        }
        assertThat(texts).contains("-trades:BTC");
        assertThat(reasons()).contains("silent for longer than usual");
        only.deliver("trade BTC 99");
        assertThat(until(StreamEvent.Update.class)).hasAtLeastOneElementOfType(StreamEvent.Gap.class);
        assertThat(only.closed).isFalse();
    }
}
