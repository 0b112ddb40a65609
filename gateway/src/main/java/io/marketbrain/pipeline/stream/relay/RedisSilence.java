package io.marketbrain.pipeline.stream.relay;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Since when Redis has not replied, and whether a gateway then opens its own feed. Not thread-safe. */
final class RedisSilence {
    /** How long the first reply of Redis may take before the gateway opens its own feed. */
    static final Duration DECISION = Duration.ofSeconds(1);

    private final RelayConfig config;
    private final RandomGenerator random;
    private long begun;
    private long lastReply;
    private @Nullable Long ownFeedAt;

    RedisSilence(RelayConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
    }

    void begin(long nanos) {
        begun = nanos;
        replied(nanos);
    }

    void replied(long nanos) {
        lastReply = nanos;
        ownFeedAt = null;
    }

    /** Whether the first reply has not come in time. */
    boolean undecided(long nanos) {
        return nanos - begun > DECISION.toNanos();
    }

    /** Whether the lease has expired since the last reply. */
    boolean outlastsLease(long nanos) {
        return nanos - lastReply > config.lease().toNanos();
    }

    /** Begins a random wait, so that not all gateways connect to the provider at the same time; false if it had begun. */
    boolean beginWait(long nanos) {
        if (ownFeedAt != null) {
            return false;
        }
        ownFeedAt = nanos + (long) (random.nextDouble() * config.ownFeedWait().toNanos());
        return true;
    }

    /** Whether that wait is over. */
    boolean waited(long nanos) {
        Long at = ownFeedAt;
        return at != null && nanos - at >= 0;
    }
}
