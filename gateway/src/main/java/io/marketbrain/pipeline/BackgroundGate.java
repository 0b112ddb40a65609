package io.marketbrain.pipeline;

import java.util.Optional;

/** What says whether background work that nobody waits for may begin now. Thread-safe. */
@FunctionalInterface
public interface BackgroundGate {
    /** Lets everything begin. */
    BackgroundGate OPEN = () -> Optional.of(() -> {});

    /** Lets one piece of work begin, or not; never waits. What it returns is to be run once at the end of the work. */
    Optional<Runnable> tryEnter();
}
