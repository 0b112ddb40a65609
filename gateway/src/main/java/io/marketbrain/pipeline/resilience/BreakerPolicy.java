package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Failure;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The state machine of a circuit breaker: closed, open, half open.
 *
 * <p>The calls that are evaluated are bounded twice: the latest ones, and none older than the window. A window of time
 * alone lets thousands of calls through to a failed provider that gets 5,000 calls a minute (with 60 s and 50 % it
 * opens after 2,500); a number of calls alone still counts failures from minutes ago at a provider that gets five calls
 * a minute (with 20 calls it opens after two minutes). With both, 20 calls and 60 s open it after 10 calls in the first
 * case and after 3 in the second. Resilience4j 2.4 has either window, not both; its figures are the ones above.
 *
 * <p>Not thread-safe.
 */
final class BreakerPolicy {
    /** Whether the provider may be called. */
    enum State {
        /** All calls are allowed. */
        CLOSED,
        /** No calls are allowed. */
        OPEN,
        /** A few calls are allowed, as probes. */
        HALF_OPEN
    }

    /** What a call says about the provider's health. */
    enum Verdict {
        GOOD,
        BAD,
        /** Nothing: the call never reached the provider, or failed for other reasons. */
        NEUTRAL
    }

    /** The result of {@link #pass} for a call that was not allowed. */
    static final long REFUSED = -1;

    private final BreakerConfig config;
    private final RandomGenerator random;
    private final long[] times;
    private final boolean[] bad;
    private int next;
    private int size;
    private State state = State.CLOSED;
    private long epoch;
    private long openUntil;
    private long openNanos;
    private int probesOut;
    private int successes;
    private long opened;

    BreakerPolicy(BreakerConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
        this.times = new long[config.calls()];
        this.bad = new boolean[config.calls()];
        this.openNanos = config.openFor().toNanos();
    }

    /** A pass for one call, to be handed to {@link #onEnd}, or {@link #REFUSED}. */
    long pass(long now) {
        if (state == State.OPEN && now - openUntil >= 0) {
            state = State.HALF_OPEN;
            epoch++;
            probesOut = 0;
            successes = 0;
        }
        return switch (state) {
            case CLOSED -> epoch;
            case OPEN -> REFUSED;
            case HALF_OPEN -> {
                if (probesOut >= config.probes()) {
                    yield REFUSED;
                }
                probesOut++;
                yield epoch;
            }
        };
    }

    /** Records the result of a call that was allowed. Calls that were allowed in an earlier state are ignored. */
    void onEnd(long pass, Verdict verdict, long now) {
        if (pass != epoch) {
            return;
        }
        switch (state) {
            case CLOSED -> {
                if (verdict != Verdict.NEUTRAL) {
                    judge(verdict == Verdict.BAD, now);
                }
            }
            case HALF_OPEN -> {
                probesOut--;
                if (verdict == Verdict.BAD) {
                    openNanos = Math.min(2 * openNanos, config.longestOpen().toNanos());
                    open(now);
                } else if (verdict == Verdict.GOOD && ++successes >= config.successes()) {
                    close();
                }
            }
            case OPEN -> {}
        }
    }

    State state() {
        return state;
    }

    /** How often the breaker has opened. */
    long opened() {
        return opened;
    }

    /** How long a rejected caller should wait before a retry. */
    Duration retryAfter(long now) {
        return Duration.ofNanos(
                state == State.OPEN
                        ? Math.max(0, openUntil - now)
                        : config.openFor().toNanos());
    }

    private void judge(boolean failed, long now) {
        times[next] = now;
        bad[next] = failed;
        next = (next + 1) % times.length;
        size = Math.min(size + 1, times.length);
        int judged = 0;
        int failures = 0;
        for (int i = 0; i < size; i++) {
            if (now - times[i] <= config.window().toNanos()) {
                judged++;
                failures += bad[i] ? 1 : 0;
            }
        }
        if (failed && judged >= config.minimum() && failures * 100 >= config.failurePercent() * judged) {
            open(now);
        }
    }

    private void open(long now) {
        state = State.OPEN;
        epoch++;
        opened++;
        // Up to a tenth longer, so that several gateways do not probe at the same moment.
        openUntil = now + openNanos + random.nextLong(openNanos / 10 + 1);
    }

    private void close() {
        state = State.CLOSED;
        epoch++;
        size = 0;
        next = 0;
        openNanos = config.openFor().toNanos();
    }

    static Verdict verdict(Failure failure) {
        return switch (failure) {
            // Providers close idle connections at any moment, also as a request is sent.
            case Failure.Unreachable lost when lost.kept() -> Verdict.NEUTRAL;
            case Failure.Unreachable _,
                    Failure.TimedOut _,
                    Failure.Faulty _,
                    Failure.Malformed _,
                    Failure.SchemaDrift _ -> Verdict.BAD;
            // The provider answered: the request was wrong.
            case Failure.CallerFault _ -> Verdict.GOOD;
            // Asking for fewer calls, refusing credentials or a country is not being down.
            case Failure.Throttled _, Failure.CredentialsRejected _, Failure.Blocked _, Failure.CircuitOpen _ ->
                Verdict.NEUTRAL;
            // A provider with wrong values of one instrument is up.
            case Failure.Untrusted _ -> Verdict.NEUTRAL;
            case Failure.Refused _, Failure.NoProviderAnswered _, Failure.Bug _ -> Verdict.NEUTRAL;
        };
    }
}
