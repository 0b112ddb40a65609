package io.marketbrain.api.conversion;

import io.marketbrain.model.Failure;

/** What the search for the rate of a pair has found. */
sealed interface PairRate {
    /** The pair has a rate. */
    record Found(ConversionRate rate) implements PairRate {}

    /** The pair exists, but had no rate at the instant that was asked for. */
    record Missing(Failure reason) implements PairRate {}

    /** There is no such pair. */
    record Absent() implements PairRate {}

    /** Whether there is one could not be found out. */
    record Failed(Failure reason) implements PairRate {}

    /** What the failure of a request for a rate says about the pair. */
    static PairRate of(Failure failure) {
        return isAbsence(failure) ? new Absent() : new Failed(failure);
    }

    private static boolean isAbsence(Failure failure) {
        return failure instanceof Failure.CallerFault
                || (failure instanceof Failure.NoProviderAnswered none && isAbsence(none.last()));
    }
}
