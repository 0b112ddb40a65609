package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.pipeline.PurgeReach;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The cache tier that several gateways share. No method blocks or throws: work is queued, and results are futures that always complete normally, at the latest shortly after their timeout. Thread-safe.
 */
public interface SharedTier extends AutoCloseable {

    /** Whether the tier can be used. It is written only in {@link #UP} and read only in {@link #UP} and {@link #READ_ONLY}. */
    enum State {
        /** No shared tier is configured. */
        OFF,
        /** The first attempt to connect is in progress. */
        CONNECTING,
        UP,
        /** It responds but accepts no writes: a replica, out of memory, out of disk, or no permission. */
        READ_ONLY,
        /** It does not respond. */
        DOWN,
        /** It rejects this gateway: wrong password, untrusted certificate, not a Redis server, or a redirection loop in a cluster. */
        REFUSED,
        /** It responds again and pending purges and writes are being sent. */
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
     * @param scope the unit of a purge: all keys of one subject at one provider
     * @param name the rest of the name, unique within the scope; safe characters only
     */
    record ValueKey(Scope scope, String name) {}

    /** All values of one subject at one provider. */
    record Scope(String provider, String subject) {}

    /**
     * A value with durations instead of timestamps, so that the clocks of gateways need not agree.
     *
     * @param payload the encoded answer, not validated
     * @param age the time since the request was sent to the provider
     * @param soft how long it is fresh, counted from the fetch
     * @param hard how long it may be served, counted from the fetch
     */
    @SuppressWarnings("ArrayRecordComponent") // values are never compared
    record Value(byte[] payload, Duration age, Duration soft, Duration hard) {}

    /**
     * The exclusive right to load a key for a limited time.
     *
     * @param epoch the epoch of the scope; each purge starts a new one
     * @param owner unique per lease
     * @param turn orders the loads of a key: a greater one is later
     */
    record Lease(String epoch, String owner, long turn) {
        /** The epoch of a scope that was never purged. */
        public static final String NO_EPOCH = "----------------";
    }

    /** The result of {@link #open}. */
    sealed interface Found {
        /** A value that is fresh and younger than requested. */
        record Hit(Value value) implements Found {}

        /** No fresh value, possibly a stale one; this gateway now holds the lease and has to load the key. */
        record Leased(Lease lease, Optional<Value> stale) implements Found {}

        /** No fresh value, possibly a stale one; another gateway holds the lease. */
        record LeasedElsewhere(Optional<Value> stale) implements Found {}

        /** The tier is not usable or did not respond in time; continue without it. */
        record Unavailable() implements Found {}
    }

    /** Receives notifications, on threads of the tier. Must not block. */
    interface Listener {
        /** Another gateway purged {@code scope}. */
        void purged(Scope scope);

        /** Another gateway finished loading {@code key}, successfully or not. */
        void ready(ValueKey key);

        /** Messages of other gateways may have been missed until now. */
        void messagesMissed();

        /** The state changed. */
        void changed(State from, State to);
    }

    State state();

    /**
     * Reads a value that is fresh and younger than {@code maxAge}; if there is none, tries to take the lease for loading it. A lease of an earlier call by this gateway is taken over: a gateway runs one load per key at a time. A lease that is granted after the timeout is given back.
     *
     * @param within the timeout, after which the future completes with {@link Found.Unavailable}
     */
    CompletableFuture<Found> open(ValueKey key, Duration maxAge, Duration within);

    /** Writes a value unless the present one is newer, releases the lease and announces the key to the other gateways. */
    void store(ValueKey key, Lease lease, Value value);

    /**
     * Writes a value that was loaded without a lease, unless the present one is newer. A write that fails is retried once the tier is up again; only a limited number of the latest such writes is kept.
     */
    void store(ValueKey key, Value value);

    /** Releases the lease without a value and announces the key to the other gateways. */
    void release(ValueKey key, Lease lease);

    /**
     * Purges all values of {@code scope}: for this gateway at once, so that no later {@link #open} finds an older value, and for all gateways as soon as the tier accepts the purge.
     *
     * @param within how long to wait for the confirmations of the other gateways
     */
    CompletableFuture<PurgeReach> purge(Scope scope, Duration within);

    /** Completes when {@code key} is announced, when the tier leaves {@link State#UP}, or after {@code within}. */
    CompletableFuture<Void> announced(ValueKey key, Duration within);

    /** Starts the tier and its notifications to {@code listener}. Does not block. */
    void start(Listener listener);

    /** Counters and gauges by snake_case name. */
    Map<String, Long> counters();

    /** Stops all threads and closes all connections, within a second. */
    @Override
    void close();
}
