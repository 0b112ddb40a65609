package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/** How a thread waits. Tests let their own time pass instead. */
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
}
