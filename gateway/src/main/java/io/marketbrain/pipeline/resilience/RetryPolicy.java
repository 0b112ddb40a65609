package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Failure;
import java.time.Duration;

/** The one place that says which failures are worth another try at the same provider. Pure. */
final class RetryPolicy {
    private RetryPolicy() {}

    /** Whether and when to retry. */
    sealed interface Verdict {}

    /** A retry would not help, or would do harm. */
    record Never() implements Verdict {}

    /** Retry after a random wait that grows with each attempt. */
    record WithBackoff() implements Verdict {}

    /** Like {@link WithBackoff}, but only once: each attempt takes the provider's whole time limit. */
    record OnceMore() implements Verdict {}

    /** Retry only after the wait that the provider asked for. */
    record NotBefore(Duration named) implements Verdict {}

    /** Whether the provider cannot have got the request. */
    static boolean isCertainlyUnsent(Failure failure) {
        return failure instanceof Failure.Unreachable unreachable && !unreachable.sent();
    }

    static Verdict verdict(Failure failure) {
        return switch (failure) {
            case Failure.Unreachable _ -> new WithBackoff();
            case Failure.Faulty faulty ->
                faulty.retryAfter() == null ? new WithBackoff() : new NotBefore(faulty.retryAfter());
            case Failure.TimedOut _ -> new OnceMore();
            // Overloaded providers sometimes send HTML with status 200, or a truncated body.
            case Failure.Malformed _ -> new WithBackoff();
            // A changed interface stays changed, but a maintenance notice in JSON passes.
            case Failure.SchemaDrift _ -> new OnceMore();
            case Failure.Throttled throttled ->
                throttled.retryAfter() == null ? new Never() : new NotBefore(throttled.retryAfter());
            case Failure.CredentialsRejected _, Failure.Blocked _, Failure.CircuitOpen _ -> new Never();
            case Failure.Untrusted _ -> new Never();
            case Failure.CallerFault _, Failure.Refused _, Failure.NoProviderAnswered _, Failure.Bug _ -> new Never();
        };
    }
}
