package io.marketbrain.pipeline;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;

/** Decides whether a caller gets data that was refused as untrusted. Pure. */
public final class UntrustedAnswers {
    private UntrustedAnswers() {}

    /** The outcome for a call: the refused data, with its flags, if that is all there is and the call accepts it. */
    public static Outcome<QueryResult> accepted(Outcome<QueryResult> outcome, Call call) {
        return call.untrustedAllowed() && outcome instanceof Outcome.Failed<QueryResult>(Failure failure)
                ? accepted(outcome, failure)
                : outcome;
    }

    private static Outcome<QueryResult> accepted(Outcome<QueryResult> outcome, Failure failure) {
        return switch (failure) {
            case Failure.Untrusted(var _, var _, var answer) when answer != null -> Outcome.success(answer);
            case Failure.NoProviderAnswered(var _, var last) -> accepted(outcome, last);
            default -> outcome;
        };
    }
}
