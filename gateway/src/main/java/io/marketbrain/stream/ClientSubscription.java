package io.marketbrain.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One client's listening to one channel. Guarded by the client's monitor. */
final class ClientSubscription {
    /** What the client gets next. */
    enum State {
        /** A snapshot, once there is data. */
        WAITING,
        /** A snapshot, when the client takes it; what happens until then is in it. */
        SNAPSHOT_DUE,
        /** Every event. */
        LIVE
    }

    final StreamClient client;
    final RunningChannel channel;

    /** The next of the client's subscriptions about the same instrument, in a ring that has this one as well. */
    ClientSubscription sameInstrument;

    State state = State.WAITING;
    long seq;
    boolean ended;

    /** What waits and may be replaced by something newer. */
    @Nullable
    PendingEvent replaceable;

    /** When the first event was published that the client will not get; null if it misses none. */
    @Nullable
    Instant lostFrom;

    /** The status that the client was told last, as it was sent; null before the first. */
    byte @Nullable [] toldStatus;

    /** Whether what the client received before it reconnected is void. */
    boolean resync;

    /** Whether it continues after what the client has, so that no event that counts may be left to the snapshot that is due. */
    boolean resumed;

    ClientSubscription(StreamClient client, RunningChannel channel) {
        this.client = client;
        this.channel = channel;
        this.sameInstrument = this;
    }

    boolean isSameInstrument(ClientSubscription other) {
        return channel.channel.instrument().equals(other.channel.channel.instrument())
                && channel.channel.provider().equals(other.channel.channel.provider());
    }

    /** Enters the ring of another subscription about the same instrument. */
    void joinRing(ClientSubscription other) {
        sameInstrument = other.sameInstrument;
        other.sameInstrument = this;
    }

    void leaveRing() {
        ClientSubscription before = this;
        while (before.sameInstrument != this) {
            before = before.sameInstrument;
        }
        before.sameInstrument = sameInstrument;
        sameInstrument = this;
    }
}
