package io.marketbrain.pipeline.resilience;

import java.util.Arrays;

/**
 * How much of one limit was used within the last stretch of time.
 *
 * <p>A token bucket (Bucket4j's, say) of {@code n} that refills {@code n} a minute lets nearly {@code 2 n} through in
 * the first minute, and providers that count by the minute ban for that. Here time is cut into sixty slots, and what
 * any sixty-one neighbouring slots hold never exceeds the limit: no stretch as long as the limit's ever holds more,
 * wherever the provider's own window begins. What that costs is one sixtieth of the stretch, at the end of which used
 * room comes back.
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
        // So that what was used before has slots too.
        this.origin = now - (SLOTS + 1) * slotNanos;
        this.current = SLOTS + 1;
    }

    /** What was used in a slot, and how long ago the slot ended. */
    interface EachSlot {
        void used(long amount, long agoNanos);
    }

    /** Counts what was used before, {@code agoNanos} ago. */
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

    /** How long until {@code amount} may be used while all stays below {@code share}: 0 is now. */
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
                // The slot is forgotten once it lies more than sixty slots back.
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

    /** Takes back what was used at {@code then} for a call that was not made after all. */
    void giveBack(long amount, long then, long now) {
        advance(now);
        long slot = (then - origin) / slotNanos;
        if (current - slot <= SLOTS) {
            used[index(slot)] -= amount;
            sum -= amount;
        }
    }

    /** What was used within the last stretch. */
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
