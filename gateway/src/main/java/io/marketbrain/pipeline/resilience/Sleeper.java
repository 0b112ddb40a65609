package io.marketbrain.pipeline.resilience;

import java.time.Duration;

/** Makes a thread sleep. Tests replace it to control time. */
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
}
