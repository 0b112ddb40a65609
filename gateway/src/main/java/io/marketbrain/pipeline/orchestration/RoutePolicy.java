package io.marketbrain.pipeline.orchestration;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.pipeline.Route;
import org.jspecify.annotations.Nullable;

/** What the failure of one route means for the next. Pure. */
final class RoutePolicy {
    private RoutePolicy() {}

    /**
     * Whether another route may still answer.
     *
     * @param anyProvider the caller asked for whichever provider can answer, so that what one does not list another may
     */
    static boolean isWorthAnotherProvider(Failure failure, boolean anyProvider) {
        return switch (failure) {
            case Failure.UnknownInstrument _, Failure.Unsupported _, Failure.AmbiguousInstrument _ -> anyProvider;
            case Failure.CallerFault _ -> false;
            // The budget or the quota of one provider, or the room at it, is not that of another.
            case Failure.BudgetExhausted _, Failure.RateLimited _, Failure.Shed _ -> true;
            case Failure.DeadlinePassed _ -> false;
            case Failure.Upstream _ -> true;
            case Failure.NoProviderAnswered _, Failure.Bug _ -> false;
        };
    }

    /** Which of two failures to tell the caller: a later one, but rather that a provider is down than what it lacks. */
    static Failure moreTelling(@Nullable Failure earlier, Failure later) {
        return earlier == null || earlier instanceof Failure.CallerFault || !(later instanceof Failure.CallerFault)
                ? later
                : earlier;
    }

    /** Which of two failures decides whether to go on: one after which nobody else is asked. */
    static Failure moreFinal(@Nullable Failure earlier, Failure later) {
        return earlier != null && !isWorthAnotherProvider(earlier, true) ? earlier : later;
    }

    /** Whether a route may be asked beside a slow one: another provider, live as well, in its own right. */
    static boolean mayHedge(Route slow, Route other) {
        return other.when() == Route.When.ALWAYS
                && other.mode() == Mode.LIVE
                && !other.provider().equals(slow.provider());
    }
}
