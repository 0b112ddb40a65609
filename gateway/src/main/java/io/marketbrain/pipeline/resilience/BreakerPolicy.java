package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Failure;
import io.marketbrain.pipeline.resilience.SubjectHistory.SubjectKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a circuit breaker: closed, open, half open.
 *
 * <p>The calls that are evaluated are bounded twice: the latest ones, and none older than the window. A window of time
 * alone lets thousands of calls through to a failed provider that gets 5,000 calls a minute (with 60 s and 50 % it
 * opens after 2,500); a number of calls alone still counts failures from minutes ago at a provider that gets five calls
 * a minute (with 20 calls it opens after two minutes). With both, 20 calls and 60 s open it after 10 calls in the first
 * case and after 3 in the second. Resilience4j 2.4 has either window, not both; its figures are the ones above.
 *
 * <p>An instrument that fails must not block the others. A failure that can be the instrument's alone therefore opens the
 * breaker only if the same share of the subjects fails, and unreadable responses count only while another subject fails
 * too. Responses that say that the provider has nothing for a request do not count at all.
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
        /** The provider is down. */
        BAD,
        /** The provider failed, perhaps for this subject only. */
        FAULTY,
        /** The response was unreadable; that is often so for this subject only. */
        UNREADABLE,
        /** The provider has nothing for this request or its instrument. */
        NO_DATA,
        /** Nothing: the call never reached the provider, or failed for other reasons. */
        NEUTRAL
    }

    /** The result of {@link #pass} for a call that was not allowed. */
    static final long REFUSED = -1;

    private final BreakerConfig config;
    private final RandomGenerator random;
    private final long[] times;
    private final boolean[] bad;
    private final @Nullable SubjectKey[] subjects;
    private final SubjectHistory history = new SubjectHistory();
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
        this.subjects = new SubjectKey[config.calls()];
        this.openNanos = config.openFor().toNanos();
    }

    /** A pass for one call, to be handed to {@link #onEnd}, or {@link #REFUSED}. */
    long pass(SubjectKey subject, long now) {
        if (state != State.CLOSED) {
            history.onRequest(subject, now);
        }
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
                if (probesOut >= config.probes() || !history.isBestProbe(subject, now, 2 * openNanos)) {
                    yield REFUSED;
                }
                probesOut++;
                yield epoch;
            }
        };
    }

    /** Records the result of a call that was allowed. The state ignores calls that were allowed in an earlier one. */
    void onEnd(long pass, SubjectKey subject, Verdict verdict, long now) {
        boolean failed = switch (verdict) {
            case BAD, FAULTY -> true;
            case UNREADABLE -> history.othersFail(subject, now, config.window().toNanos());
            case GOOD, NO_DATA, NEUTRAL -> false;
        };
        note(subject, verdict, now);
        if (pass != epoch) {
            return;
        }
        switch (state) {
            case CLOSED -> {
                if (failed || verdict == Verdict.GOOD) {
                    judge(subject, failed, verdict == Verdict.BAD, now);
                }
            }
            case HALF_OPEN -> {
                probesOut--;
                if (verdict != Verdict.GOOD) {
                    history.onFailedProbe(subject);
                }
                if (failed) {
                    openNanos = Math.min(2 * openNanos, config.longestOpen().toNanos());
                    open(now);
                } else if (verdict == Verdict.GOOD && ++successes >= config.successes()) {
                    close();
                }
            }
            case OPEN -> {}
        }
    }

    private void note(SubjectKey subject, Verdict verdict, long now) {
        switch (verdict) {
            case GOOD -> history.onSuccess(subject);
            case BAD, FAULTY, UNREADABLE -> history.onFailure(subject, now);
            case NO_DATA -> history.onNoData(subject);
            case NEUTRAL -> {}
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

    /** @param certain whether a failure is the provider's, whatever the subject */
    private void judge(SubjectKey subject, boolean failed, boolean certain, long now) {
        times[next] = now;
        subjects[next] = subject;
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
        if (failed
                && judged >= config.minimum()
                && isTooMany(failures, judged)
                && (certain || isTooManySubjects(now))) {
            open(now);
        }
    }

    private boolean isTooMany(int failures, int judged) {
        return failures * 100 >= config.failurePercent() * judged;
    }

    /** Whether the share of failing subjects is as high: an instrument that fails at each attempt counts once. */
    private boolean isTooManySubjects(long now) {
        Set<SubjectKey> seen = new HashSet<>();
        int failing = 0;
        for (int age = 1; age <= size; age++) {
            int i = Math.floorMod(next - age, times.length);
            SubjectKey subject = subjects[i];
            if (subject != null && now - times[i] <= config.window().toNanos() && seen.add(subject)) {
                failing += bad[i] ? 1 : 0;
            }
        }
        return isTooMany(failing, seen.size());
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
            case Failure.Unreachable _, Failure.TimedOut _ -> Verdict.BAD;
            // A provider that names the end of its maintenance is not called before it, so there is nothing to probe.
            case Failure.Faulty faulty -> faulty.retryAfter() == null ? Verdict.FAULTY : Verdict.NEUTRAL;
            case Failure.Malformed _, Failure.SchemaDrift _ -> Verdict.UNREADABLE;
            case Failure.CallerFault _ -> Verdict.NO_DATA;
            // Asking for fewer calls, refusing credentials or a country is not being down.
            case Failure.Throttled _, Failure.CredentialsRejected _, Failure.Blocked _, Failure.CircuitOpen _ ->
                Verdict.NEUTRAL;
            // A provider with wrong values of one instrument is up.
            case Failure.Untrusted _ -> Verdict.NEUTRAL;
            case Failure.Refused _, Failure.NoProviderAnswered _, Failure.Bug _ -> Verdict.NEUTRAL;
        };
    }
}
