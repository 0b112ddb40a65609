package io.marketbrain.pipeline;

import java.util.Optional;

/** Decides whether background work may start now. Thread-safe. */
@FunctionalInterface
public interface BackgroundAdmission {
    /** Admits all work. */
    BackgroundAdmission OPEN = () -> Optional.of(() -> {});

    /**
     * Admits or rejects one piece of work, without waiting. If admitted, the returned action must be run once when the
     * work has ended.
     */
    Optional<Runnable> tryEnter();
}
