package io.marketbrain.api;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;

/** Ends the handling of a request with a problem document. Never leaves this room. */
final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    Rejected(Failure failure) {
        super(failure.code(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }

    static Rejected invalid(String field, String value, String allowed) {
        return new Rejected(new Failure.InvalidQuery(field, value, allowed));
    }

    /** The value of an outcome; a failed one ends the request. */
    static <T> T orReject(Outcome<T> outcome) throws Rejected {
        return switch (outcome) {
            case Outcome.Success<T>(T value) -> value;
            case Outcome.Failed<T>(Failure failure) -> throw new Rejected(failure);
        };
    }
}
