package io.marketbrain.pipeline.orchestration;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which providers recently rejected their credentials, so that no calls to them are wasted. Thread-safe. */
final class RejectedCredentials {
    private final Map<ProviderId, Long> since = new ConcurrentHashMap<>();
    private final long recheckNanos;
    private final Ticker ticker;

    RejectedCredentials(Duration recheck, Ticker ticker) {
        this.recheckNanos = recheck.toNanos();
        this.ticker = ticker;
    }

    void note(ProviderId provider) {
        since.put(provider, ticker.nanos());
    }

    boolean recently(ProviderId provider) {
        Long noted = since.get(provider);
        return noted != null && ticker.nanos() - noted < recheckNanos;
    }
}
