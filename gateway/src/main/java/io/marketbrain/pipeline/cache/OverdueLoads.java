package io.marketbrain.pipeline.cache;

import io.marketbrain.concurrent.BackgroundTask;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.NanoClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cancels loads that have not ended {@link #GRACE} after their deadline, because a source does not return. Without this,
 * their keys would stay in flight, and every later request for them would wait in vain. Has no thread of its own: whoever
 * joins or counts loads calls {@link #cancelAll}. Thread-safe.
 */
final class OverdueLoads {
    /** Sources enforce the deadline themselves, and their failure says more. */
    static final Duration GRACE = Duration.ofMillis(500);
    /** The least time between two checks, because each looks at every load. */
    static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

    private final Map<BackgroundTask<?>, Deadline> running = new ConcurrentHashMap<>();
    private final NanoClock nanoClock;
    private final AtomicLong nextCheck;

    OverdueLoads(NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        this.nextCheck = new AtomicLong(nanoClock.nanos());
    }

    void add(BackgroundTask<?> task, Deadline deadline) {
        running.put(task, deadline);
        if (task.ended()) {
            running.remove(task);
        }
    }

    /** Cancels the loads that are overdue, unless this was checked a moment ago. */
    void cancelAll() {
        long now = nanoClock.nanos();
        long due = nextCheck.get();
        if (now - due < 0 || !nextCheck.compareAndSet(due, now + CHECK_INTERVAL.toNanos())) {
            return;
        }
        running.forEach((task, deadline) -> {
            if (now - deadline.atNanos() > GRACE.toNanos()) {
                task.cancel();
            }
            if (task.ended()) {
                running.remove(task);
            }
        });
    }
}
