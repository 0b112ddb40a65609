package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Failure;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The state machine of a circuit breaker: closed, open, half open.
 *
 * <p>What is judged is bounded twice: the latest calls, and none older than the window. A window of time alone lets
 * thousands of calls through to a dead provider that is asked 5,000 times a minute (with 60 s and 50 % it opens after
 * 2,500); a number of calls alone still counts what happened minutes ago at a provider that is asked five times a
 * minute (with 20 calls it opens after two minutes). With both, 20 calls and 60 s open it after 10 calls in the first
 * case and after 3 in the second. Resilience4j 2.4 has either window, not both; its figures are the ones above.
 *
 * <p>Not thread-safe.
 */
final class BreakerPolicy {
    /** Whether the provider may be called. */
    enum State {
        /** Everybody may call. */
        CLOSED,
        /** Nobody may. */
        OPEN,
        /** A few may try. */
        HALF_OPEN
    }

    /** What a call says about the provider's health. */
    enum Verdict {
        GOOD,
        BAD,
        /** Nothing: it never reached the provider, or failed for reasons of its own. */
        NEITHER
    }

    /** The answer to a call that was not let through. */
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

    /** A pass for one call, to be handed to {@link #ended}, or {@link #REFUSED}. */
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

    /** A call that was let through has ended. Calls let through in an earlier state say nothing about this one. */
    void ended(long pass, Verdict verdict, long now) {
        if (pass != epoch) {
            return;
        }
        switch (state) {
            case CLOSED -> {
                if (verdict != Verdict.NEITHER) {
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

    /** How long whoever was refused had better wait. */
    Duration advice(long now) {
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
        // Up to a tenth longer, so that several gateways do not knock together.
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
            case Failure.Unreachable _, Failure.TimedOut _, Failure.Faulty _, Failure.Malformed _ -> Verdict.BAD;
            // The provider answered: the request was wrong.
            case Failure.CallerFault _ -> Verdict.GOOD;
            // Asking for fewer calls, refusing credentials or a country is not being down.
            case Failure.Throttled _, Failure.CredentialsRejected _, Failure.Blocked _, Failure.CircuitOpen _ ->
                Verdict.NEITHER;
            case Failure.Refused _, Failure.NoProviderAnswered _, Failure.Bug _ -> Verdict.NEITHER;
        };
    }
}
