package io.marketbrain.stream;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Status;
import io.marketbrain.model.stream.StreamEvent.Update;
import io.marketbrain.pipeline.stream.ChannelState;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel that is open, with its listeners and its latest state. Guarded by the lock of the hub. */
final class RunningChannel {
    final Channel channel;
    final List<ClientSubscription> listeners = new ArrayList<>();

    /** Listeners within the process, which get each event as the source sends it. */
    final List<EventSink> observers = new ArrayList<>(0);

    /** The position in the log when it was opened: no earlier event can be resumed from. */
    final long openedAt;

    MarketEventSource.@Nullable Subscription source;

    /** Counts the subscriptions at the source; the events of earlier ones are ignored. */
    int generation;

    boolean closed;
    long idleSinceNanos;
    private volatile @Nullable Status status;
    private @Nullable Snapshot state;
    private byte @Nullable [] stateBody;
    private byte @Nullable [] statusBody;

    RunningChannel(Channel channel, long openedAt) {
        this.channel = channel;
        this.openedAt = openedAt;
    }

    /** What the source last said about itself; may be read without the lock. */
    @Nullable
    Status status() {
        return status;
    }

    boolean isIdle() {
        return listeners.isEmpty() && observers.isEmpty();
    }

    /** Adds a listener within the process, which begins with the present status and state. */
    void observe(EventSink observer) {
        observers.add(observer);
        if (status != null) {
            observer.accept(status);
        }
        if (state != null) {
            observer.accept(state);
        }
    }

    boolean hasState() {
        return state != null;
    }

    /** Takes over what an event says; {@code body} is the event rendered. */
    @SuppressWarnings("ReferenceEquality") // identity is enough: another object is rendered anew
    void apply(StreamEvent event, byte[] body) {
        switch (event) {
            case Snapshot snapshot -> {
                state = ChannelState.bounded(snapshot);
                stateBody = state.data().equals(snapshot.data()) ? body : null;
            }
            case Update update -> {
                state = state == null
                        ? ChannelState.bounded(new Snapshot(update.data(), update.receivedAt(), update.flags()))
                        : ChannelState.after(state, update);
                stateBody = state.data() == update.data() ? body : null;
            }
            case Status changed -> {
                status = changed;
                statusBody = body;
                stateBody = null; // it says whether the data is fresh
            }
            case StreamEvent.Gap _, StreamEvent.Failed _ -> {}
        }
    }

    /** The latest state as a snapshot; only if there is one. */
    byte[] stateBody(EventRenderer renderer) {
        byte[] body = stateBody;
        if (body == null) {
            body = renderer.render(channel, java.util.Objects.requireNonNull(state), status);
            stateBody = body;
        }
        return body;
    }

    byte @Nullable [] statusBody() {
        return statusBody;
    }

    /** Whether a client must not miss an event of this channel: everything but what a newer one replaces. */
    boolean counts(StreamEvent event) {
        return switch (event) {
            case Snapshot(var data, var _, var _) -> channel.kind().everyEventCounts() || hasCompleteBar(data);
            case Update(var data, var _, var _) -> channel.kind().everyEventCounts() || hasCompleteBar(data);
            case StreamEvent.Gap _, StreamEvent.Failed _, Status _ -> true;
        };
    }

    private static boolean hasCompleteBar(Object data) {
        return data instanceof Candles bars && bars.candles().stream().anyMatch(Candle::complete);
    }
}
