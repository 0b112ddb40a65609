package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that tests advance, and helpers that tests in this package share. */
final class FakeTime implements NanoClock, InstantSource, Sleeper {
    static final ProviderId PROVIDER = new ProviderId("acme");
    static final MarketQuery QUERY = new MarketQuery.QuoteQuery(PROVIDER, Instrument.crypto("BTC", "USDT"), null);
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get());
    }

    @Override
    public void sleep(Duration duration) {
        pass(duration);
    }

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    void passMillis(long millis) {
        pass(Duration.ofMillis(millis));
    }

    Call call(Duration timeout) {
        return call(timeout, Priority.HIGH);
    }

    Call call(Duration timeout, Priority priority) {
        return new Call(new CallId("t"), Caller.LOCAL, priority, Deadline.in(timeout, this), false);
    }

    Outcome<QueryResult> answer() {
        return Outcome.success(new QueryResult(
                new MarketData.NewsItems(List.of(), null),
                new Provenance(PROVIDER, Mode.LIVE, null, instant(), Freshness.FRESH, List.of(), List.of())));
    }

    static Outcome<QueryResult> failed(Failure failure) {
        return Outcome.failed(failure);
    }

    static Failure down() {
        return new Failure.Unreachable(PROVIDER, "down");
    }

    static Failure failureOf(Outcome<QueryResult> outcome) {
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }
}
