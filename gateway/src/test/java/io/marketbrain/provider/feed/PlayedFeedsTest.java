package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.WebSocketAnswer;
import io.marketbrain.provider.feed.PlainFeed.Sides;
import io.marketbrain.provider.transport.HttpConnections;
import io.marketbrain.provider.transport.TransportConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The messages that every provider sent, over a real WebSocket: as they were, and with faults. What a listener is told is what a plain
 * reading of the messages says, or the fault is noticed.
 */
@Timeout(60)
class PlayedFeedsTest {
    private static final ProviderId PROVIDER = new ProviderId("played");
    private static final String ADDRESS_OF_KUCOIN =
            "{\"code\":\"200000\",\"data\":{\"token\":\"t\",\"instanceServers\":[{\"endpoint\":\"wss://ws-api-spot.kucoin.com/\","
                    + "\"pingInterval\":18000}]}}";
    private static final HttpConnections CONNECTIONS = new HttpConnections(TransportConfig.defaults());

    @AfterAll
    static void close() {
        CONNECTIONS.close();
    }

    static List<RecordedFeed> recordings() {
        return RecordedFeed.all();
    }

    /** One connection over which messages are played. */
    private static final class Play implements AutoCloseable {
        private final RecordedFeed recorded;
        private final List<FeedSocket.Message> messages;
        private final boolean cut;
        private final PlaybackServer server = PlaybackServer.start();
        private final FeedConnection connection;
        private final List<StreamEvent> events = new CopyOnWriteArrayList<>();
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final CountDownLatch read = new CountDownLatch(1);
        private volatile boolean complete;
        private final AtomicInteger requests = new AtomicInteger();

        /** @param cut whether the connection breaks within the last message */
        Play(RecordedFeed recorded, List<FeedSocket.Message> messages, boolean cut) {
            this.recorded = recorded;
            this.messages = messages;
            this.cut = cut;
            server.on("/played", new WebSocketAnswer(this::serve));
            FeedAdapter adapter = recorded.adapter();
            FeedRequests books = recorded.before() < 0
                    ? (_, _) -> requests.incrementAndGet()
                    : FeedPlayer.emptyBookOnce(recorded.before(), requests);
            var context = new FeedContext(
                    PROVIDER,
                    Mode.LIVE,
                    adapter,
                    this::dial,
                    (query, whenDone) -> {
                        if (query instanceof BookQuery) {
                            books.fetch(query, whenDone);
                        } else {
                            whenDone.accept(Outcome.failed(new io.marketbrain.model.Failure.Unsupported(
                                    PROVIDER, "no requests in this test")));
                        }
                    },
                    _ -> Outcome.success(ADDRESS_OF_KUCOIN.getBytes(StandardCharsets.UTF_8)),
                    InstantSource.system(),
                    System::nanoTime,
                    new Random(1));
            var location = new FeedLocation(
                    adapter.terms().base(),
                    Optional.empty(),
                    Optional.of(URI.create("ws://127.0.0.1:" + server.port() + "/played")));
            connection =
                    new FeedConnection(context, new FeedGate(System::nanoTime), new AddressFinder(context, location));
            FeedChannel wanted = recorded.channel();
            connection.join(
                    adapter.key(wanted),
                    wanted,
                    new Channel(PROVIDER, wanted.listing().instrument(), wanted.kind()),
                    events::add);
            connection.start();
        }

        private void serve(WebSocketAnswer.Peer peer) throws IOException, InterruptedException {
            peer.receive();
            for (int i = 0; i < messages.size(); i++) {
                FeedSocket.Message message = messages.get(i);
                byte[] binary = message.binary();
                if (cut && i == messages.size() - 1) {
                    peer.sendPart(binary != null ? binary : message.text().getBytes(StandardCharsets.UTF_8));
                    return;
                } else if (binary != null) {
                    peer.send(binary);
                } else {
                    peer.send(String.valueOf(message.text()));
                }
            }
            while (true) {
                received.add(peer.receive());
            }
        }

        /** A real connection of which is known when everything has been read from it. */
        private FeedSocket dial(String address, Duration within) throws IOException, InterruptedException {
            FeedSocket socket = CONNECTIONS.feedDialer(System::nanoTime).open(address, within);
            return new FeedSocket() {
                private int taken;

                @Override
                public @Nullable Message receive(Duration within) throws IOException, InterruptedException {
                    if (taken == messages.size()) {
                        complete = true;
                        read.countDown();
                    }
                    Message message = socket.receive(within);
                    taken += message == null ? 0 : 1;
                    return message;
                }

                @Override
                public void send(String text) throws IOException, InterruptedException {
                    socket.send(text);
                }

                @Override
                public void ping() throws IOException, InterruptedException {
                    socket.ping();
                }

                @Override
                public Duration silence() {
                    return socket.silence();
                }

                @Override
                public void wake() {
                    socket.wake();
                }

                @Override
                public void close() {
                    socket.close();
                    read.countDown();
                }
            };
        }

        /** Waits until all messages have been taken in, or the connection was given up. */
        Play await() throws InterruptedException {
            assertThat(read.await(20, TimeUnit.SECONDS)).as("messages read").isTrue();
            while (!complete && !isBroken()) {
                Thread.sleep(1); // the connection is closed just before listeners are told
            }
            return this;
        }

        List<Sides> books() {
            List<Sides> books = new ArrayList<>();
            for (StreamEvent event : events) {
                if (event instanceof StreamEvent.Snapshot(OrderBook book, var _, var _)) {
                    PlainFeed.add(books, new Sides(book.bids(), book.asks()));
                } else if (event instanceof StreamEvent.Update(OrderBook book, var _, var _)) {
                    PlainFeed.add(books, new Sides(book.bids(), book.asks()));
                }
            }
            return books;
        }

        List<String> trades() {
            List<Trade> trades = new ArrayList<>();
            for (StreamEvent event : events) {
                if (event instanceof StreamEvent.Snapshot(Trades told, var _, var _)) {
                    trades.addAll(told.trades());
                } else if (event instanceof StreamEvent.Update(Trades told, var _, var _)) {
                    trades.addAll(told.trades());
                }
            }
            return trades.stream().map(Trade::id).toList();
        }

        /** What is told: books or ids of trades. */
        List<?> told() {
            return recorded.channel().kind() instanceof StreamKind.Book ? books() : trades();
        }

        boolean saidGap() {
            return events.stream().anyMatch(StreamEvent.Gap.class::isInstance);
        }

        /** Whether the connection was given up. */
        boolean isBroken() {
            return events.stream()
                    .anyMatch(event -> event instanceof StreamEvent.Status status && status.state() == FeedState.DOWN);
        }

        /** Whether the book is asked for once more, for which the pace of the provider may have to be waited for. */
        boolean beginsAnew() throws InterruptedException {
            if (recorded.adapter().terms().bookStart() == FeedTerms.BookStart.REQUEST) {
                return requests.get() > (recorded.before() < 0 ? 0 : 1);
            }
            List<String> again = recorded.adapter().subscribe(List.of(recorded.channel()));
            for (String next = received.poll(2, TimeUnit.SECONDS); next != null; ) {
                if (again.contains(next)) {
                    return true;
                }
                next = received.poll(2, TimeUnit.SECONDS);
            }
            return false;
        }

        @Override
        public void close() {
            connection.stop();
            server.close();
        }
    }

    private static List<?> expected(RecordedFeed recorded, PlainFeed plain) {
        return recorded.channel().kind() instanceof StreamKind.Book ? plain.books() : plain.trades();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void books_equal_a_plain_rebuild_after_every_message_and_trades_come_once_each_and_in_order(RecordedFeed recorded)
            throws Exception {
        try (var play = new Play(recorded, recorded.messages(), false).await()) {
            assertThat(play.told())
                    .isEqualTo(expected(recorded, recorded.plain()))
                    .isNotEmpty();
            assertThat(play.saidGap() || play.isBroken()).as("a fault").isFalse();
            assertThat(play.requests.get()).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void messages_that_come_twice_change_nothing_or_are_noticed(RecordedFeed recorded) throws Exception {
        List<FeedSocket.Message> twice = new ArrayList<>();
        recorded.messages().forEach(message -> twice.addAll(List.of(message, message)));
        List<?> right = expected(recorded, recorded.plain());
        try (var play = new Play(recorded, twice, false).await()) {
            List<?> told = play.told();
            if (play.isBroken()) {
                assertThat(told).isEqualTo(right.subList(0, told.size()));
            } else {
                assertThat(told).isEqualTo(right);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void a_connection_that_is_cut_within_a_message_is_noticed_and_what_came_before_is_right(RecordedFeed recorded)
            throws Exception {
        PlainFeed plain = recorded.plain();
        int last = plain.concerned().getLast();
        List<FeedSocket.Message> before = recorded.messages().subList(0, last + 1);
        try (var play = new Play(recorded, before, true).await()) {
            List<?> told = play.told();
            List<?> right = expected(recorded, plain);
            assertThat(told).isEqualTo(right.subList(0, told.size())).hasSizeLessThan(right.size());
            assertThat(play.isBroken()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void a_message_that_is_left_out_or_late_is_noticed_and_nothing_wrong_is_told(RecordedFeed recorded)
            throws Exception {
        if (!recorded.noticed()) {
            return; // the provider sends nothing by which it could be noticed
        }
        PlainFeed plain = recorded.plain();
        List<?> right = expected(recorded, plain);
        List<Integer> concerned = plain.concerned();
        for (int part = 1; part <= 3; part++) {
            int at = part * (concerned.size() - 1) / 4;
            if (at < 1 || at + 1 >= concerned.size()) {
                continue;
            }
            List<FeedSocket.Message> without = new ArrayList<>(recorded.messages());
            without.remove((int) concerned.get(at));
            List<FeedSocket.Message> late = new ArrayList<>(recorded.messages());
            Collections.swap(late, concerned.get(at), concerned.get(at + 1));
            for (List<FeedSocket.Message> faulty : List.of(without, late)) {
                try (var play = new Play(recorded, faulty, false).await()) {
                    List<?> told = play.told();
                    assertThat(right.containsAll(told)).as("only right data").isTrue();
                    assertThat(play.trades())
                            .isEqualTo(plain.trades().stream()
                                    .filter(play.trades()::contains)
                                    .toList());
                    boolean same = !told.isEmpty() && told.getLast().equals(right.getLast());
                    assertThat((same && told.size() >= right.size() - 2)
                                    || play.saidGap()
                                    || play.isBroken()
                                    || play.beginsAnew())
                            .as("the fault at message %s is noticed, or does no harm", concerned.get(at))
                            .isTrue();
                }
            }
        }
    }
}
