package io.marketbrain.pipeline.cache;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The tier that several gateways share. Nothing here blocks or throws: work is handed over, and what is asked for comes
 * as a future that always completes in the ordinary way, at the latest a moment after its time-out. Thread-safe.
 */
public interface SharedTier extends AutoCloseable {

    /** Whether it can be used. Only in {@link #UP} it is written, only there and in {@link #READ_ONLY} it is read. */
    enum State {
        /** None is configured. */
        OFF,
        /** The first attempt is under way. */
        CONNECTING,
        UP,
        /** It answers, but takes no writes: a replica, out of memory, out of disk, or not allowed. */
        READ_ONLY,
        /** It does not answer. */
        DOWN,
        /** It answers that it will not serve us: a wrong password, not Redis, a cluster that sends us in circles. */
        REFUSED,
        /** It answers again and is being brought up to date. */
        RECOVERING;

        private final String wire = name().toLowerCase(Locale.ROOT);

        /** The name in JSON and metrics: lower case. */
        public String wire() {
            return wire;
        }

        public boolean readable() {
            return this == UP || this == READ_ONLY;
        }
    }

    /**
     * The name of a value.
     *
     * @param scope what a purge names: all keys about one subject at one provider
     * @param name the rest, unique within the scope; of safe characters
     */
    record ValueKey(Scope scope, String name) {}

    /** All that is known about one subject at one provider. */
    record Scope(String provider, String subject) {}

    /**
     * A value with durations instead of times, so that no two clocks need agree.
     *
     * @param payload bytes that nobody has checked
     * @param age how long ago a provider was asked
     * @param soft how long it was to be fresh
     * @param hard how long it may be served
     */
    @SuppressWarnings("ArrayRecordComponent") // values are never compared
    record Value(byte[] payload, Duration age, Duration soft, Duration hard) {}

    /**
     * The right to load a key before others, and the order among those who did.
     *
     * @param epoch of the scope; another one after each purge
     */
    record Lease(String epoch, String owner, long turn) {
        /** The epoch of a scope that nobody has purged. */
        public static final String NO_EPOCH = "----------------";
    }

    /** What {@link #open} found. */
    sealed interface Found {
        /** A value that is fresh and younger than asked for. */
        record Hit(Value value) implements Found {}

        /** Nothing fresh, at best {@code stale}; nobody else is loading, and others will wait for us. */
        record Yours(Lease lease, Optional<Value> stale) implements Found {}

        /** Nothing fresh, at best {@code stale}; another gateway is loading. */
        record Theirs(Optional<Value> stale) implements Found {}

        /** Nothing to be learned: not in a state to be used, or not in time. Go ahead without. */
        record Unavailable() implements Found {}
    }

    /** What the tier tells. Called on the tier's own threads; must not block. */
    interface Listener {
        /** Another gateway purged all about {@code scope}. */
        void purged(Scope scope);

        /** Another gateway finished loading {@code key}, well or not. */
        void ready(ValueKey key);

        /** News from other gateways may have been missed until now. */
        void missedNews();

        /** The state changed. */
        void changed(State from, State to);
    }

    State state();

    /**
     * Reads a value that is fresh and younger than {@code younger}; if there is none, tries to become the one who loads
     * it.
     *
     * @param within after which the future completes with {@link Found.Unavailable} whatever happens
     */
    CompletableFuture<Found> open(ValueKey key, Duration younger, Duration within);

    /** Writes a value unless what is there is newer, gives the lease back and tells the others. */
    void store(ValueKey key, Lease lease, Value value);

    /**
     * Writes a value that was loaded without a lease, unless what is there is newer. What cannot be written now is
     * written once the tier is up again, if it is still among the latest then.
     */
    void store(ValueKey key, Value value);

    /** Gives the lease back without a value and tells the others. */
    void release(ValueKey key, Lease lease);

    /**
     * Makes all about {@code scope} unreadable: for this gateway at once, so that no {@link #open} after it finds what
     * was there before, and for every gateway now or as soon as the tier can be told.
     */
    void purge(Scope scope);

    /** Completes when {@code key} is announced, when the tier is no longer up, or after {@code within}. */
    CompletableFuture<Void> announced(ValueKey key, Duration within);

    /** Starts; {@code listener} is told from now on. Returns at once. */
    void start(Listener listener);

    /** Counters and gauges by snake_case name. */
    Map<String, Long> counters();

    /** Ends all threads and connections, within a second. */
    @Override
    void close();
}
