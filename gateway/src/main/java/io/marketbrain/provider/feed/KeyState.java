package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.EventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one key of a feed, and the channels that are told of it. Used by the connection's thread only.
 */
abstract sealed class KeyState permits QuoteState, TradeState, BookState, BarState {
    /** A channel that is silent for so many times the usual time between two messages has stalled. */
    private static final int STALL = 5;

    private final FeedContext context;
    private final FeedChannel subscribed;
    /** The channel of each sink; one channel may have several, as when bars are built from trades that others listen to. */
    private final Map<EventSink, Channel> sinks = new LinkedHashMap<>();

    private final Rhythm rhythm = new Rhythm();
    private FeedState state = FeedState.CONNECTING;
    private @Nullable String reason;
    private Instant since;
    private @Nullable Instant intactUntil;
    private String breakReason = "";
    private boolean told;

    KeyState(FeedContext context, FeedChannel subscribed) {
        this.context = context;
        this.subscribed = subscribed;
        this.since = context.clock().instant();
    }

    static KeyState of(FeedContext context, FeedChannel channel, Runnable resync, MailBox mailBox) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> new QuoteState(context, channel);
            case StreamKind.Trades _ -> new TradeState(context, channel, mailBox);
            case StreamKind.Book book -> new BookState(context, channel, book, resync, mailBox);
            case StreamKind.Bars bars -> new BarState(context, channel, bars.interval());
            case StreamKind.News _ -> throw new IllegalArgumentException("no feed carries news");
        };
    }

    /** Takes in a signal about this key. */
    abstract void accept(FeedSignal signal, Instant now);

    /** Forgets what can no longer be continued. */
    abstract void forget();

    /** The data that a channel which joins now starts with; null if there is none yet. */
    abstract @Nullable MarketData current(StreamKind kind);

    final FeedContext context() {
        return context;
    }

    final FeedChannel subscribed() {
        return subscribed;
    }

    final Listing listing() {
        return subscribed.listing();
    }

    final void join(Channel channel, EventSink sink) {
        sinks.put(sink, channel);
        sink.accept(status());
        MarketData known = told && intactUntil == null ? current(channel.kind()) : null;
        if (known != null) {
            sink.accept(new StreamEvent.Snapshot(known, context.clock().instant()));
        }
    }

    /** Removes a sink; whether none is left. */
    final boolean leave(EventSink sink) {
        sinks.remove(sink);
        return sinks.isEmpty();
    }

    /** The most levels a side that a channel asks for. */
    final int greatestDepth() {
        int greatest = 1;
        for (Channel channel : sinks.values()) {
            if (channel.kind() instanceof StreamKind.Book book) {
                greatest = Math.max(greatest, book.depth());
            }
        }
        return greatest;
    }

    /** A message about this key has arrived. */
    final void arrived(long nanos) {
        rhythm.event(nanos);
        enter(FeedState.UP, null);
    }

    /** The provider was heard of; that shows nothing about a key of which something is missing. */
    final void heard(long nanos) {
        if (!broken()) {
            sinks.keySet().forEach(sink -> sink.heard(nanos));
        }
    }

    final void restartRhythm(long nanos) {
        rhythm.restart(nanos);
    }

    final boolean stalled(long nanos, Duration least) {
        return state == FeedState.UP && rhythm.silent(nanos, STALL, least);
    }

    final void enter(FeedState next, @Nullable String why) {
        if (next != state || !Objects.equals(why, reason)) {
            state = next;
            reason = why;
            since = context.clock().instant();
            sinks.keySet().forEach(sink -> sink.accept(status()));
        }
    }

    private StreamEvent.Status status() {
        return new StreamEvent.Status(state, context.mode(), FeedTransport.WEBSOCKET, reason, since);
    }

    /**
     * Notes that something may be missing after {@code until}. What was noted before and has not been told yet stays, because it
     * is earlier.
     */
    final void broke(Instant until, String why) {
        if (told && intactUntil == null) {
            intactUntil = toldUntil(until);
            breakReason = why;
        }
        forget();
    }

    /** Whether listeners must be told that something is missing before they get more data. */
    final boolean broken() {
        return intactUntil != null;
    }

    /** The break was filled: nothing is missing. */
    final void mended() {
        intactUntil = null;
    }

    /** The time of what was told last, by the clock that the data has; {@code heard} is by the gateway's. */
    Instant toldUntil(Instant heard) {
        return heard;
    }

    /** @param until by the clock of {@link #toldUntil} */
    final void tellGap(Instant until) {
        Instant from = intactUntil;
        if (from != null) {
            intactUntil = null;
            var gap = new StreamEvent.Gap(from, until.isBefore(from) ? from : until, breakReason);
            sinks.keySet().forEach(sink -> sink.accept(gap));
        }
    }

    final void tellSnapshot(Instant now, Function<StreamKind, MarketData> data) {
        tellGap(now);
        told = true;
        sinks.forEach((sink, channel) -> sink.accept(new StreamEvent.Snapshot(data.apply(channel.kind()), now)));
    }

    final void tellUpdate(Instant now, Function<StreamKind, MarketData> data) {
        sinks.forEach((sink, channel) -> sink.accept(new StreamEvent.Update(data.apply(channel.kind()), now)));
    }

    /** Whether listeners have got a first snapshot. */
    final boolean told() {
        return told;
    }
}
