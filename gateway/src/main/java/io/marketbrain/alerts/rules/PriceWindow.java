package io.marketbrain.alerts.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The lowest and highest prices of a moving window of time, and how far the latest price is from them. The window is divided into
 * {@link #PARTS} parts, of which only the extremes are kept, so that its size is bounded however many prices there are; a part is
 * forgotten as a whole when its first price leaves the window. Exact. Not thread-safe.
 */
public final class PriceWindow {
    static final int PARTS = 60;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Duration length;
    private final Duration part;
    private final Deque<Part> parts = new ArrayDeque<>();
    private Instant latestGap = Instant.MIN;

    /** The extremes of the prices from an instant on. */
    private static final class Part {
        private final Instant start;
        private Sample low;
        private Sample high;

        Part(Sample first) {
            this.start = first.at();
            this.low = first;
            this.high = first;
        }

        void add(Sample sample) {
            low = sample.price().compareTo(low.price()) <= 0 ? sample : low;
            high = sample.price().compareTo(high.price()) >= 0 ? sample : high;
        }
    }

    private record Sample(Instant at, BigDecimal price) {}

    /**
     * A move.
     *
     * @param from the price that it started from
     */
    public record Move(BigDecimal from, PriceDirection direction, boolean afterGap) {}

    public PriceWindow(Duration length) {
        this.length = length;
        this.part = length.dividedBy(PARTS);
    }

    /** Forgets all prices. */
    public void clear() {
        parts.clear();
        latestGap = Instant.MIN;
    }

    /** Values before an instant may be missing. */
    public void gap(Instant until) {
        latestGap = until;
    }

    /** Adds the latest price. An earlier time than that of the one before counts as the same. */
    public void add(Instant at, BigDecimal price) {
        while (!parts.isEmpty() && parts.getFirst().start.isBefore(at.minus(length))) {
            parts.removeFirst();
        }
        var sample = new Sample(at, price);
        if (!parts.isEmpty() && at.isBefore(parts.getLast().start.plus(part))) {
            parts.getLast().add(sample);
        } else {
            parts.addLast(new Part(sample));
        }
    }

    int size() {
        return parts.size();
    }

    /** The move of {@code current}, the price that was added last, by at least so many percent. */
    public Optional<Move> findMove(BigDecimal current, BigDecimal percent, PriceDirection wanted) {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Sample low = parts.getFirst().low;
        Sample high = parts.getFirst().high;
        for (Part one : parts) {
            low = one.low.price().compareTo(low.price()) <= 0 ? one.low : low;
            high = one.high.price().compareTo(high.price()) >= 0 ? one.high : high;
        }
        if (wanted.includes(PriceDirection.UP) && isReached(current.subtract(low.price()), low.price(), percent)) {
            return Optional.of(move(low, PriceDirection.UP));
        }
        if (wanted.includes(PriceDirection.DOWN) && isReached(high.price().subtract(current), high.price(), percent)) {
            return Optional.of(move(high, PriceDirection.DOWN));
        }
        return Optional.empty();
    }

    private Move move(Sample from, PriceDirection direction) {
        return new Move(from.price(), direction, from.at().isBefore(latestGap));
    }

    /** Whether a difference is so many percent of a price, without a division. */
    private static boolean isReached(BigDecimal difference, BigDecimal price, BigDecimal percent) {
        return difference.signum() > 0 && difference.multiply(HUNDRED).compareTo(percent.multiply(price.abs())) >= 0;
    }
}
