package io.marketbrain.model.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a company did that changes the price of its shares without a trade. */
public sealed interface CorporateAction {
    /** The day from which the price is without it, as an instant. */
    Instant time();

    /** Those of both lists from {@code from} inclusive to {@code to} exclusive, each once, oldest first. */
    static List<CorporateAction> merge(
            List<CorporateAction> some, List<CorporateAction> others, Instant from, Instant to) {
        return Stream.concat(some.stream(), others.stream())
                .filter(action -> !action.time().isBefore(from) && action.time().isBefore(to))
                .distinct()
                .sorted(Comparator.comparing(CorporateAction::time))
                .toList();
    }

    /** A cash dividend per share, in the unit of the prices. */
    record Dividend(Instant time, BigDecimal amount) implements CorporateAction {}

    /** A split: {@code denominator} old shares became {@code numerator} new ones, {@code 4} and {@code 1} for 4-for-1. */
    record Split(Instant time, BigDecimal numerator, BigDecimal denominator) implements CorporateAction {}
}
