package io.marketbrain.pipeline.stream;

import io.marketbrain.model.NanoClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a provider's clock from the times of its data, which takes time to arrive: never more than it shows. Not
 * thread-safe.
 */
final class SourceClock {
    private final NanoClock nanoClock;

    /** How long after its end a bar may still change: providers need a moment to finish it. */
    private final Duration settling;

    /** The latest instant by the provider's clock, and when it was read. */
    private @Nullable Instant latest;

    private long latestNanos;

    /** When the source was last heard of. */
    private long heardNanos;

    SourceClock(NanoClock nanoClock, Duration settling) {
        this.nanoClock = nanoClock;
        this.settling = settling;
        this.heardNanos = nanoClock.nanos();
    }

    /** Data of a time has arrived. */
    void read(Instant time) {
        if (latest == null || time.isAfter(latest)) {
            latest = time;
            latestNanos = nanoClock.nanos();
        }
    }

    /** The source was heard of at a reading of the gateway's nano clock. */
    void heard(long nanos) {
        heardNanos = nanos;
    }

    /** What the clock shows at least; empty before any data. */
    Optional<Instant> findNow() {
        return Optional.ofNullable(latest).map(time -> time.plusNanos(nanoClock.nanos() - latestNanos));
    }

    /** The instant up to which the provider has finished its bars. */
    Optional<Instant> findFinished() {
        return findNow().map(now -> now.minus(settling));
    }

    /**
     * The instant up to which everything was seen: no later than the source was heard of, because until then a connection that has
     * fallen silent may have lost trades.
     */
    Optional<Instant> findSeen() {
        return Optional.ofNullable(latest)
                .map(time ->
                        time.plusNanos(Math.max(0, heardNanos - latestNanos)).minus(settling));
    }
}
