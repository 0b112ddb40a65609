package io.marketbrain.store.redis;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Computes the pause before the next attempt: random between {@code least} and a bound that doubles with each attempt up to {@code most}, so that many gateways do not reconnect at the same time. Deterministic for a given source of randomness.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and
 *     jitter</a>
 */
public record Backoff(Duration least, Duration most) {
    private static final int DOUBLINGS = 20;

    /** The pause before attempt {@code attempt}, the first being 1. */
    public Duration pause(int attempt, RandomGenerator chance) {
        long bound = Math.min(
                most.toNanos(), least.toNanos() << Math.min(Math.max(attempt, 1), Math.min(DOUBLINGS, room())));
        long spread = Math.max(0, bound - least.toNanos());
        return least.plusNanos((long) (spread * chance.nextDouble()));
    }

    /** How often the least pause can be doubled without overflow. */
    private int room() {
        return Math.max(0, Long.numberOfLeadingZeros(least.toNanos()) - 1);
    }
}
