package io.marketbrain.provider.feed;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Plays messages through an adapter and what stands behind it, on the test's thread, without a connection. */
public final class FeedPlayer {
    private static final ProviderId PROVIDER = new ProviderId("played");

    private final FeedAdapter adapter;
    private final FeedContext context;
    private final FeedDialogue dialogue;
    private final Map<String, KeyState> states = new LinkedHashMap<>();
    private final Map<String, List<StreamEvent>> events = new HashMap<>();
    private final Queue<Runnable> mail = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-07-07T23:00:00Z");
    private int resubscriptions;

    /** @param requests answers requests for first states and missed trades */
    public FeedPlayer(FeedAdapter adapter, FeedRequests requests) {
        this.adapter = adapter;
        this.context = new FeedContext(
                PROVIDER,
                Mode.LIVE,
                adapter,
                (_, _) -> {
                    throw new IllegalStateException("nothing is connected");
                },
                requests,
                _ -> Outcome.failed(
                        new io.marketbrain.model.Failure.Unsupported(PROVIDER, "no addresses in this test")),
                () -> now,
                () -> now.toEpochMilli() * 1_000_000,
                new Random(1));
        this.dialogue = new FeedDialogue(context);
    }

    /** A player of a feed that needs no requests. */
    public FeedPlayer(FeedAdapter adapter) {
        this(
                adapter,
                (_, whenDone) -> whenDone.accept(Outcome.failed(
                        new io.marketbrain.model.Failure.Unsupported(PROVIDER, "no requests in this test"))));
    }

    /** Answers every request with an empty order book that has a number, which the changes continue. */
    public static FeedRequests emptyBook(long sequence) {
        return (query, whenDone) -> {
            Instrument instrument = ((BookQuery) query).instrument();
            MarketData book =
                    new OrderBook(new Listing(instrument, "", "", "UTC", "USD"), List.of(), List.of(), sequence, null);
            whenDone.accept(Outcome.success(new QueryResult(
                    book,
                    new Provenance(PROVIDER, Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of()))));
        };
    }

    /**
     * Answers the first request like {@link #emptyBook}, and no other.
     *
     * @param asked counts the requests
     */
    public static FeedRequests emptyBookOnce(long sequence, AtomicInteger asked) {
        FeedRequests first = emptyBook(sequence);
        return (query, whenDone) -> {
            if (asked.getAndIncrement() == 0) {
                first.fetch(query, whenDone);
            }
        };
    }

    /** A channel of a swap, or of a dated future. */
    public static FeedChannel contract(
            String base, String quote, String settle, @Nullable LocalDate expiry, String symbol, StreamKind kind) {
        return channel(new Instrument(AssetType.CRYPTO, base, quote, settle, null, expiry, null), symbol, kind);
    }

    /** The channel of a contract. */
    static FeedChannel channel(Instrument instrument, String symbol, StreamKind kind) {
        return new FeedChannel(new Listing(instrument, symbol, "test", "UTC", instrument.quote()), kind);
    }

    public static FeedChannel channel(String base, String quote, String symbol, StreamKind kind) {
        return new FeedChannel(new Listing(Instrument.crypto(base, quote), symbol, "test", "UTC", quote), kind);
    }

    /** Listens to a channel; its key. */
    public String listen(FeedChannel wanted) {
        String key = adapter.key(wanted);
        KeyState state =
                states.computeIfAbsent(key, _ -> KeyState.of(context, wanted, () -> resubscriptions++, mail::add));
        state.join(
                new Channel(PROVIDER, wanted.listing().instrument(), wanted.kind()),
                event -> events.computeIfAbsent(key, _ -> new ArrayList<>()).add(event));
        return key;
    }

    /** Takes in one message. */
    public void play(FeedSocket.Message message) throws MalformedPayload, FeedBroken {
        play(message.text() != null ? message.text() : adapter.text(message.binary()));
    }

    /** Takes in one message. */
    public void play(String message) throws MalformedPayload, FeedBroken {
        now = now.plusMillis(10);
        for (FeedSignal signal : adapter.parse(message)) {
            dialogue.take(signal, states).ifPresent(state -> {
                state.arrived(context.nanoClock().nanos());
                state.accept(signal, now);
            });
        }
        for (Runnable work = mail.poll(); work != null; work = mail.poll()) {
            work.run();
        }
    }

    /** The connection breaks and is opened again. */
    public void disconnect() {
        states.values().forEach(state -> state.broke(now, "the test broke the connection"));
    }

    public List<StreamEvent> events(String key) {
        return events.getOrDefault(key, List.of());
    }

    /** The data of the newest event that has any. */
    public MarketData newest(String key) {
        return data(key).getLast();
    }

    /** The data of all events, in order. */
    public List<MarketData> data(String key) {
        List<MarketData> all = new ArrayList<>();
        for (StreamEvent event : events(key)) {
            if (event instanceof StreamEvent.Snapshot snapshot) {
                all.add(snapshot.data());
            } else if (event instanceof StreamEvent.Update update) {
                all.add(update.data());
            }
        }
        return all;
    }

    /** The ids of all trades, in order. */
    public List<String> tradeIds(String key) {
        return trades(key).stream().map(MarketData.Trade::id).toList();
    }

    /** All trades, in order. */
    public List<MarketData.Trade> trades(String key) {
        return data(key).stream()
                .flatMap(data -> ((MarketData.Trades) data).trades().stream())
                .toList();
    }

    public long gaps(String key) {
        return events(key).stream().filter(StreamEvent.Gap.class::isInstance).count();
    }

    /** Whether the connection was given up because of a message. */
    public boolean breaksAt(String message) throws MalformedPayload {
        try {
            play(message);
            return false;
        } catch (FeedBroken e) {
            return true;
        }
    }

    /** How often an order book was asked to start anew. */
    public int resubscriptions() {
        return resubscriptions;
    }
}
