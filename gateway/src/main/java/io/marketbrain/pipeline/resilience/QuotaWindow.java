package io.marketbrain.pipeline.resilience;

import java.util.Arrays;

/**
 * Counts how much of one rate limit was used within its period: a sliding window.
 *
 * <p>A token bucket (such as Bucket4j's) of {@code n} tokens that refills {@code n} per minute lets nearly {@code 2 n}
 * calls through in the first minute, and providers that count per minute ban clients for that. Here the period is
 * divided into sixty slots, and the sum of any sixty-one consecutive slots never exceeds the limit, so the limit holds
 * over any period, wherever the provider's own window begins. The cost is that used capacity returns one sixtieth of
 * the period late.
 *
 * <p>Not thread-safe.
 */
final class QuotaWindow {
    private static final int SLOTS = 60;

    private final long limit;
    private final long slotNanos;
    private final long origin;
    private final long[] used = new long[SLOTS + 1];
    private long current;
    private long sum;

    QuotaWindow(long limit, long perNanos, long now) {
        this.limit = limit;
        this.slotNanos = Math.max(1, Math.ceilDiv(perNanos, SLOTS));
        // Leaves slots for usage from before the start.
        this.origin = now - (SLOTS + 1) * slotNanos;
        this.current = SLOTS + 1;
    }

    /** Receives what was used in a slot, and how long ago the slot ended. */
    interface EachSlot {
        void used(long amount, long agoNanos);
    }

    /** Counts what an earlier process used {@code agoNanos} ago. */
    void restore(long amount, long agoNanos, long now) {
        advance(now);
        long slot = Math.floorDiv(now - agoNanos - origin, slotNanos);
        if (agoNanos <= (SLOTS + 1) * slotNanos && current - slot <= SLOTS) {
            used[index(slot)] += amount;
            sum += amount;
        }
    }

    void each(long now, EachSlot each) {
        advance(now);
        for (long slot = current - SLOTS; slot <= current; slot++) {
            if (used[index(slot)] > 0) {
                each.used(used[index(slot)], Math.max(0, now - origin - (slot + 1) * slotNanos));
            }
        }
    }

    /** How long until {@code amount} can be used with the total within {@code share}; 0 means now. */
    long waitNanos(long amount, long share, long now) {
        advance(now);
        long excess = sum + amount - Math.min(share, limit);
        if (excess <= 0) {
            return 0;
        }
        for (int age = SLOTS; age >= 0; age--) {
            long slot = current - age;
            excess -= slot < 0 ? 0 : used[index(slot)];
            if (excess <= 0) {
                // A slot expires once it is more than sixty slots old.
                return origin + (slot + SLOTS + 1) * slotNanos - now;
            }
        }
        return (SLOTS + 1) * slotNanos;
    }

    void use(long amount, long now) {
        advance(now);
        used[index(current)] += amount;
        sum += amount;
    }

    /** Reverses what was used at {@code then} for a call that was not made. */
    void giveBack(long amount, long then, long now) {
        advance(now);
        long slot = (then - origin) / slotNanos;
        if (current - slot <= SLOTS) {
            used[index(slot)] -= amount;
            sum -= amount;
        }
    }

    /** What was used within the last period. */
    long used(long now) {
        advance(now);
        return sum;
    }

    long limit() {
        return limit;
    }

    private void advance(long now) {
        long slot = (now - origin) / slotNanos;
        if (slot - current > SLOTS) {
            Arrays.fill(used, 0);
            sum = 0;
            current = slot;
        }
        while (current < slot) {
            current++;
            sum -= used[index(current)];
            used[index(current)] = 0;
        }
    }

    private static int index(long slot) {
        return (int) Math.floorMod(slot, (long) SLOTS + 1);
    }
}
