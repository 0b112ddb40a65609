package io.marketbrain.model;

import java.util.function.Function;

/** Either a value or the failure that prevented it. Expected failures are returned as values; an exception is a bug. */
public sealed interface Outcome<T> {

    record Success<T>(T value) implements Outcome<T> {}

    record Failed<T>(Failure failure) implements Outcome<T> {}

    static <T> Outcome<T> success(T value) {
        return new Success<>(value);
    }

    static <T> Outcome<T> failed(Failure failure) {
        return new Failed<>(failure);
    }

    /** The outcome of {@code next} applied to the value, or this failure unchanged. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Success<T>(T value) -> next.apply(value);
            case Failed<T>(Failure failure) -> failed(failure);
        };
    }

    default <R> Outcome<R> map(Function<? super T, ? extends R> mapper) {
        return then(value -> success(mapper.apply(value)));
    }
}
