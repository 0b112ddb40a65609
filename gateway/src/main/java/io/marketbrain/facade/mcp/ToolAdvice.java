package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.model.Failure;
import java.util.List;
import java.util.stream.Collectors;

/** A failure in words for an agent: what happened, and what it should do. Pure. */
final class ToolAdvice {
    private static final int MOST_CANDIDATES = 10;

    private ToolAdvice() {}

    static String of(Failure failure) {
        return what(failure) + ". Next: " + step(failure);
    }

    /** What happened, without the values that are allowed, which the next step names. */
    private static String what(Failure failure) {
        return switch (failure) {
            case Failure.InvalidQuery invalid
            when !invalid.allowed().isEmpty() -> invalid.field() + " '" + invalid.value() + "' is not valid";
            case Failure.AmbiguousInstrument ambiguous -> "symbol '" + ambiguous.symbol() + "' is ambiguous";
            case Failure.UnknownProvider unknown -> "unknown provider '" + unknown.provider() + "'";
            default -> failure.message();
        };
    }

    private static String step(Failure failure) {
        return switch (failure) {
            case Failure.InvalidQuery invalid ->
                invalid.allowed().isEmpty()
                        ? "correct the arguments and call again."
                        : "call again with " + invalid.field() + ": " + invalid.allowed() + ".";
            case Failure.UnknownInstrument unknown ->
                unknown.candidates().isEmpty()
                        ? "call search to find the symbol, then use provider:symbol from its answer."
                        : "use one of " + some(unknown.candidates()) + ", or call search.";
            case Failure.AmbiguousInstrument ambiguous ->
                "ask the user which is meant, or use one of " + some(ambiguous.candidates()) + ".";
            case Failure.UnknownProvider _ -> "call status for the providers, or leave the provider out.";
            case Failure.Unsupported _ ->
                "leave the provider out, so that one that offers this is asked; status lists them.";
            case Failure.BudgetExhausted _ ->
                "do not retry" + wait(failure)
                        + "; only the operator can raise the budget. Cached data and other providers still work.";
            case Failure.RateLimited _, Failure.Shed _, Failure.Throttled _, Failure.CircuitOpen _ ->
                "wait" + wait(failure) + " and call again, once.";
            case Failure.Unauthenticated _, Failure.Forbidden _, Failure.UnknownHost _ ->
                "do not retry; tell the user what the operator has to change.";
            case Failure.DeadlinePassed _, Failure.TimedOut _ -> "call again once; if it fails again, tell the user.";
            case Failure.NotCached _ -> "call again without demands of the cache.";
            case Failure.CredentialsRejected _, Failure.Blocked _ ->
                "do not retry; leave the provider out, and tell the user that its access does not work.";
            case Failure.Untrusted _ ->
                "do not guess a value; try another provider, or tell the user that the data cannot be right.";
            case Failure.Unreachable _, Failure.Faulty _, Failure.Malformed _, Failure.SchemaDrift _ ->
                "leave the provider out, so that others are asked, or call again" + wait(failure) + ".";
            case Failure.NoProviderAnswered none -> step(none.last());
            case Failure.Bug _ -> "do not retry; report the call id to the operator.";
        };
    }

    private static String wait(Failure failure) {
        return ProblemResponses.findWaitSeconds(failure)
                .map(seconds -> " for " + seconds + " s")
                .orElse(" for a few seconds");
    }

    private static String some(List<String> candidates) {
        return candidates.stream().limit(MOST_CANDIDATES).collect(Collectors.joining(", "));
    }
}
