package io.marketbrain.provider.recording;

import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.recording.RecordingConfig.ReplayTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The time at a replayed provider: during a call the instant at which the response that it is about to get was recorded, so
 * that ranges up to now are requested, and bars judged complete, as they were then. Outside a call it is the start of the
 * recording. Thread-safe.
 */
public final class ReplayClock implements InstantSource {
    private static final ScopedValue<Instant> CURRENT = ScopedValue.newInstance();

    private final Instant start;
    private final ReplayTime time;
    private final InstantSource clock;

    public ReplayClock(RecordingArchive archive, ReplayTime time, InstantSource clock) {
        this.start = archive.findStart().orElseGet(clock::instant);
        this.time = time;
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        return CURRENT.orElse(start);
    }

    /** Does work at an instant of the recording. */
    static Outcome<QueryResult> at(Instant instant, Supplier<Outcome<QueryResult>> work) {
        return ScopedValue.where(CURRENT, instant).call(work::get);
    }

    /** When a response was received, by the time of the recording. */
    Instant receivedAt(RecordedExchange exchange) {
        return exchange.recordedAt().orElse(start);
    }

    /** When answers say that data was received which was received at {@code recorded}. */
    Instant shown(Instant recorded) {
        return switch (time) {
            case RECORDED -> recorded;
            case SHIFTED -> clock.instant();
        };
    }
}
