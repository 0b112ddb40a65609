package io.marketbrain.pipeline.orchestration;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Providers that something happened to within the last window of time. Thread-safe. */
final class RecentProviders {
    private final Map<ProviderId, Long> since = new ConcurrentHashMap<>();
    private final long windowNanos;
    private final NanoClock nanoClock;

    RecentProviders(Duration window, NanoClock nanoClock) {
        this.windowNanos = window.toNanos();
        this.nanoClock = nanoClock;
    }

    void note(ProviderId provider) {
        since.put(provider, nanoClock.nanos());
    }

    boolean contains(ProviderId provider) {
        Long noted = since.get(provider);
        return noted != null && nanoClock.nanos() - noted < windowNanos;
    }

    List<ProviderId> all() {
        return since.keySet().stream().filter(this::contains).sorted().toList();
    }
}
