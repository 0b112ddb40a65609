package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.Failure;
import java.time.Duration;

/** The one place that says which failures are worth another try at the same provider. Pure. */
final class RetryPolicy {
    private RetryPolicy() {}

    /** Whether, and from when on, another try makes sense. */
    sealed interface Verdict {}

    /** Trying again would change nothing, or harm. */
    record Never() implements Verdict {}

    /** After a random wait that grows with every try. */
    record WithBackoff() implements Verdict {}

    /** Like {@link WithBackoff}, but a single time: each try costs all the time that the provider gets. */
    record OnceMore() implements Verdict {}

    /** Not before the provider's own wait is over. */
    record NotBefore(Duration named) implements Verdict {}

    /** Whether the provider cannot have got the request. */
    static boolean isCertainlyUnsent(Failure failure) {
        return failure instanceof Failure.Unreachable unreachable && !unreachable.sent();
    }

    static Verdict verdict(Failure failure) {
        return switch (failure) {
            case Failure.Unreachable _, Failure.Faulty _ -> new WithBackoff();
            case Failure.TimedOut _ -> new OnceMore();
            // HTML with status 200 and a body cut short are how overloaded providers fail for a moment.
            case Failure.Malformed _ -> new WithBackoff();
            case Failure.Throttled throttled ->
                throttled.retryAfter() == null ? new Never() : new NotBefore(throttled.retryAfter());
            case Failure.CredentialsRejected _, Failure.Blocked _, Failure.CircuitOpen _ -> new Never();
            case Failure.CallerFault _, Failure.Refused _, Failure.NoProviderAnswered _, Failure.Bug _ -> new Never();
        };
    }
}
