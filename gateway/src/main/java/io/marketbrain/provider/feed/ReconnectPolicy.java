package io.marketbrain.provider.feed;

import java.time.Duration;
import java.util.Random;

/** How long to wait before a feed is connected again: full jitter, so that many gateways do not come back at once. */
final class ReconnectPolicy {
    static final Duration LEAST = Duration.ofMillis(500);
    static final Duration MOST = Duration.ofSeconds(30);

    /** A connection that held for so long was a good one; the next failure is the first again. */
    static final Duration GOOD = Duration.ofSeconds(30);

    private ReconnectPolicy() {}

    /** @param failures how many connections failed in succession, this one included */
    static Duration pause(int failures, Random random) {
        long bound = Math.min(MOST.toMillis(), LEAST.toMillis() << Math.min(failures, 10));
        return Duration.ofMillis(LEAST.toMillis() + random.nextLong(bound - LEAST.toMillis() + 1));
    }
}
