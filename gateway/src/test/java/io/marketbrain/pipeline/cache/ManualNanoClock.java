package io.marketbrain.pipeline.cache;

import io.marketbrain.model.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A manual clock for tests. Starts near the maximum of a long, as a monotonic clock may, to test overflow. */
final class ManualNanoClock implements NanoClock {
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(90).toNanos());

    @Override
    public long nanos() {
        return now.get();
    }

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
