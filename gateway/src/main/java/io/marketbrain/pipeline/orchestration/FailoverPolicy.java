package io.marketbrain.pipeline.orchestration;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.pipeline.Route;
import org.jspecify.annotations.Nullable;

/** Decides whether to try another route after a failure. Pure functions. */
final class FailoverPolicy {
    private FailoverPolicy() {}

    /**
     * Whether another route may still succeed.
     *
     * @param anyProvider whether the query is for any provider, so that another one may list what this one does not
     */
    static boolean isWorthAnotherProvider(Failure failure, boolean anyProvider) {
        return switch (failure) {
            case Failure.UnknownInstrument _, Failure.Unsupported _, Failure.AmbiguousInstrument _ -> anyProvider;
            case Failure.CallerFault _ -> false;
            // These limits are per provider: another provider may still be within its own.
            case Failure.BudgetExhausted _, Failure.RateLimited _, Failure.Shed _ -> true;
            case Failure.DeadlinePassed _ -> false;
            case Failure.Upstream _ -> true;
            case Failure.NoProviderAnswered _, Failure.Bug _ -> false;
        };
    }

    /** Whether a provider is down, so that mock data may replace its answer where the caller accepts that. */
    static boolean isDown(Failure failure) {
        return failure instanceof Failure.Upstream && !(failure instanceof Failure.Untrusted);
    }

    /**
     * Which of two failures to report to the caller: the later one, but a provider that is down takes precedence over a
     * query that a provider does not support, and refused data, which the caller may accept, over everything else.
     */
    static Failure moreInformative(@Nullable Failure earlier, Failure later) {
        if (earlier instanceof Failure.Untrusted) {
            return earlier;
        }
        return earlier == null || earlier instanceof Failure.CallerFault || !(later instanceof Failure.CallerFault)
                ? later
                : earlier;
    }

    /** Which of two failures decides whether to continue: one that rules out another provider takes precedence. */
    static Failure moreFinal(@Nullable Failure earlier, Failure later) {
        return earlier != null && !isWorthAnotherProvider(earlier, true) ? earlier : later;
    }

    /** Whether a route may be used for a hedged request: it must be a regular route of another live provider. */
    static boolean mayHedge(Route slow, Route other) {
        return other.when() == Route.When.ALWAYS
                && other.mode() == Mode.LIVE
                && !other.provider().equals(slow.provider());
    }
}
