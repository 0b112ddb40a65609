package io.marketbrain.pipeline.shadow;

import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.ShadowReport;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How two providers compare, in constant memory. Thread-safe. */
final class PairStatistics {
    private static final int BASIS_POINT_DIGITS = 4;

    private final ProviderId primary;
    private final ProviderId other;
    private final Map<String, Long> failures = new TreeMap<>();
    private final Map<String, Long> primaryFailures = new TreeMap<>();
    private final long[] classes = new long[ShadowReport.BOUNDS.size() + 1];
    private long compared;
    private double sum;
    private double max;
    private long primaryNanos;
    private long otherNanos;

    PairStatistics(ProviderId primary, ProviderId other) {
        this.primary = primary;
        this.other = other;
    }

    /** Counts one comparison. */
    synchronized void add(BigDecimal price, BigDecimal otherPrice, long nanos, long otherNanos) {
        double deviation = deviation(price, otherPrice);
        compared++;
        sum += deviation;
        max = Math.max(max, deviation);
        this.primaryNanos += nanos;
        this.otherNanos += otherNanos;
        int place = 0;
        while (place < ShadowReport.BOUNDS.size() && deviation > ShadowReport.BOUNDS.get(place)) {
            place++;
        }
        classes[place]++;
    }

    /** Counts one request that the other provider did not answer. */
    synchronized void addFailure(String code) {
        failures.merge(code, 1L, Long::sum);
    }

    /** Counts one request that the first provider did not answer. */
    synchronized void addPrimaryFailure(String code) {
        primaryFailures.merge(code, 1L, Long::sum);
    }

    /** How far the other price is from a price above zero, in basis points of the latter, without its sign. */
    static double deviation(BigDecimal price, BigDecimal otherPrice) {
        return otherPrice
                .subtract(price)
                .abs()
                .divide(price, MathContext.DECIMAL64)
                .movePointRight(BASIS_POINT_DIGITS)
                .doubleValue();
    }

    synchronized ShadowReport report() {
        List<Long> deviations = new ArrayList<>();
        for (long count : classes) {
            deviations.add(count);
        }
        long several = Math.max(1, compared);
        return new ShadowReport(
                primary,
                other,
                compared,
                failures,
                primaryFailures,
                compared == 0 ? Optional.empty() : Optional.of(sum / compared),
                max,
                sum,
                deviations,
                Duration.ofNanos(primaryNanos / several),
                Duration.ofNanos(otherNanos / several));
    }
}
