package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.Gap;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Status;
import io.marketbrain.model.stream.StreamEvent.Update;
import io.marketbrain.pipeline.stream.ChannelState;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One channel of a shared feed: who listens here, where its events come from, its latest state. Guarded by the session's lock. */
final class RelayChannel {
    /** Whether the events come from another gateway. */
    enum Relay {
        /** No: this gateway has the feed. */
        OFF,
        /** Not yet: its state was asked for, or will be. */
        WAITING,
        LIVE,
        /** Not now: the holder has said that it cannot relay it. */
        REFUSED
    }

    final Channel channel;
    final String text;
    final List<EventSink> sinks = new CopyOnWriteArrayList<>();

    /** Whether other gateways want it from this one. */
    boolean remote;

    /** Whether it is one too many to be requested of other gateways. */
    final boolean beyondLimit;

    Relay relay = Relay.OFF;
    boolean asked;
    long askedAt;

    /** When other gateways were last told that the source was heard of. */
    long heardTold;

    /** Whether the holder has said that it serves the channel. */
    boolean served;

    /** Since when it has waited, or the holder has refused it, as readings of the gateway's clock. */
    long relaySince;

    /** Whether other gateways have asked for its state when there was none. */
    boolean owed;

    MarketEventSource.@Nullable Subscription own;

    /** Counts the subscriptions at the own source; events of earlier ones are ignored. */
    int generation;

    private @Nullable Status status;
    private @Nullable Snapshot state;
    /** Trades since that state: joined with it only where it is needed. */
    private final Deque<Update> recent = new ArrayDeque<>();

    private @Nullable Instant intactUntil;
    private String breakReason = "";
    private boolean told;
    private @Nullable Instant lastTrade;
    private StreamEvent.@Nullable Failed failure;

    RelayChannel(Channel channel, String text, boolean beyondLimit) {
        this.channel = channel;
        this.text = text;
        this.beyondLimit = beyondLimit;
    }

    boolean local() {
        return !sinks.isEmpty();
    }

    void join(EventSink sink) {
        sinks.add(sink);
        RelayMessage.Current known = current();
        if (known.status() != null) {
            sink.accept(known.status());
        }
        if (known.snapshot() != null) {
            sink.accept(known.snapshot());
        }
        StreamEvent.Failed failed = failure;
        if (failed != null) {
            sink.accept(failed);
        }
    }

    /** What a listener that joins now must know. */
    RelayMessage.Current current() {
        return new RelayMessage.Current(status, intactUntil == null ? joined() : null);
    }

    private @Nullable Snapshot joined() {
        Snapshot joined = state;
        for (Update update : recent) {
            joined = after(joined, update);
        }
        recent.clear();
        state = joined;
        return joined;
    }

    private static Snapshot after(@Nullable Snapshot before, Update update) {
        return before == null
                ? ChannelState.bounded(new Snapshot(update.data(), update.receivedAt(), update.flags()))
                : ChannelState.after(before, update);
    }

    void await(long nanos) {
        relay = Relay.WAITING;
        asked = false;
        served = false;
        relaySince = nanos;
    }

    void refuse(long nanos) {
        relay = Relay.REFUSED;
        relaySince = nanos;
    }

    /** Notes that something may be missing after {@code until}; what was noted before and not told yet stays. */
    void broke(Instant until, String why) {
        if (told && intactUntil == null) {
            intactUntil = until;
            breakReason = why;
        }
    }

    /** Passes an event on to those who listen, after the gap that is to be told. */
    void deliver(StreamEvent event, Instant now) {
        switch (event) {
            case Snapshot snapshot -> {
                state = ChannelState.bounded(snapshot);
                recent.clear();
                told(event, snapshot.data(), now);
            }
            case Update update -> {
                remember(update);
                told(event, update.data(), now);
            }
            case Status said -> {
                if (!said.equals(status)) {
                    status = said;
                    send(event);
                }
            }
            case Gap _ -> {
                if (intactUntil == null) { // otherwise a longer one is told with the next data
                    send(event);
                }
            }
            case StreamEvent.Failed failed -> {
                failure = failed;
                send(event);
            }
        }
    }

    private void remember(Update update) {
        if (!(update.data() instanceof Trades)) {
            state = after(state, update);
            return;
        }
        recent.add(update);
        if (recent.size() > ChannelState.MAX_ITEMS) {
            recent.remove(); // the later ones alone are as many trades as a state has
        }
    }

    private void told(StreamEvent event, MarketData data, Instant now) {
        boolean nothing = data instanceof Trades trades && trades.trades().isEmpty();
        if (nothing && intactUntil != null) {
            return; // the first trade shows where the gap ends
        }
        tellGap(event, data, now);
        if (data instanceof Trades trades && !trades.trades().isEmpty()) {
            lastTrade = trades.trades().getLast().time();
        }
        told = true;
        failure = null;
        send(event);
    }

    /** A gap in trades is by the provider's clock, which bars are made by; any other by the gateway's. */
    private void tellGap(StreamEvent event, MarketData data, Instant now) {
        Instant from = intactUntil;
        if (from == null) {
            return;
        }
        intactUntil = null;
        Instant to = now;
        if (data instanceof Trades(var _, List<Trade> trades, var _)) {
            from = lastTrade == null ? from : lastTrade;
            to = (event instanceof Snapshot ? trades.getLast() : trades.getFirst()).time();
        }
        send(new Gap(from.isAfter(to) ? to : from, to, breakReason));
    }

    /** The source was heard of at a reading of the gateway's clock, and nothing is missing that was not announced. */
    void heard(long nanos) {
        if (intactUntil == null) {
            sinks.forEach(sink -> sink.heard(nanos));
        }
    }

    private void send(StreamEvent event) {
        sinks.forEach(sink -> sink.accept(event));
    }

    /** What has failed since the last data; null if nothing. */
    StreamEvent.@Nullable Failed failure() {
        return failure;
    }

    @Nullable
    Status status() {
        return status;
    }
}
