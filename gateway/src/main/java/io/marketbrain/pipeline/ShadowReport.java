package io.marketbrain.pipeline;

import io.marketbrain.model.ProviderId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How two providers compare, from quotes of the first that the second was asked for as well.
 *
 * @param primary the provider whose quotes were served
 * @param other the provider that was asked in the background
 * @param compared how often both answered
 * @param failures how often the other failed, by the kind of failure
 * @param primaryFailures how often the first failed, by the kind of failure
 * @param meanDeviation the mean deviation of the price in basis points of the first, without its sign; empty before the first
 *     comparison
 * @param maxDeviation the largest one
 * @param deviationSum the sum of all deviations
 * @param deviations how many comparisons deviate by no more than each of {@link #BOUNDS}, then the rest
 * @param primaryLatency the mean time until the first answered, where both did
 * @param otherLatency the mean time until the other answered
 */
public record ShadowReport(
        ProviderId primary,
        ProviderId other,
        long compared,
        Map<String, Long> failures,
        Map<String, Long> primaryFailures,
        Optional<Double> meanDeviation,
        double maxDeviation,
        double deviationSum,
        List<Long> deviations,
        Duration primaryLatency,
        Duration otherLatency) {
    /** The upper bounds of the classes of deviations, in basis points. */
    public static final List<Double> BOUNDS = List.of(1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 500.0);

    public ShadowReport {
        failures = Map.copyOf(failures);
        primaryFailures = Map.copyOf(primaryFailures);
        deviations = List.copyOf(deviations);
    }

    /** How often the other provider was asked. */
    public long asked() {
        return compared + sum(failures);
    }

    /** The share of requests that the other provider answered, from 0 to 1. */
    public double availability() {
        return asked() == 0 ? 1 : (double) compared / asked();
    }

    /** The share of the sampled requests that the first provider answered, from 0 to 1. */
    public double primaryAvailability() {
        long all = asked() + sum(primaryFailures);
        return all == 0 ? 1 : (double) asked() / all;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
