package io.marketbrain.provider;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The row with which some providers end a list of candles: what was traded last, as a candle of its own, beside the candle that
 * it is part of. Of a day it is the whole day again; of weeks, months and parts of a day it is a part that the candle before may
 * lack. Of a day or week that has no other row yet it is the only one. Pure.
 */
public final class LiveRow {
    private static final Duration HALF_DAY = Duration.ofHours(12);

    /** By so much a day or a week of a zone may be shorter than usual. */
    private static final Duration CLOCK_CHANGE = Duration.ofHours(2);

    private static final Duration CHANGED_CLOCK = Duration.ofHours(1);

    private LiveRow() {}

    /**
     * Merges the last candle into the one before, if it opens within that one, as it does where they come oldest first. One of a
     * later day or week is dated by the opening of that, as far as the candle before says when that is.
     */
    public static void merge(List<Candle> candles, Interval interval) {
        if (candles.size() < 2) {
            return;
        }
        Candle last = candles.getLast();
        Candle before = candles.get(candles.size() - 2);
        if (!last.openTime().isAfter(before.openTime())) {
            return;
        }
        if (!isWithin(before.openTime(), last.openTime(), interval)) {
            if (interval == Interval.D1 || interval == Interval.W1) {
                candles.set(candles.size() - 1, at(opening(before.openTime(), last.openTime(), interval), last));
            }
            return;
        }
        candles.removeLast();
        candles.set(
                candles.size() - 1,
                new Candle(
                        before.openTime(),
                        before.open(),
                        before.high().max(last.high()),
                        before.low().min(last.low()),
                        last.close(),
                        interval == Interval.D1 ? last.volume() : sum(before.volume(), last.volume()),
                        null,
                        null,
                        before.complete()));
    }

    /** Whether a time is within the candle that opened at another one, midnight in any zone where it is a day or more. */
    private static boolean isWithin(Instant open, Instant time, Interval interval) {
        if (interval == Interval.MO1) {
            return time.plus(HALF_DAY).isBefore(interval.next(open.plus(HALF_DAY)));
        }
        Instant end = interval.next(open);
        return time.isBefore(interval.isDaily() ? end.minus(CLOCK_CHANGE) : end);
    }

    /** When the candle of a time opened: a whole number of intervals after another one, unless the clock was changed since. */
    private static Instant opening(Instant before, Instant time, Interval interval) {
        Instant open = before;
        while (!interval.next(open).isAfter(time)) {
            open = interval.next(open);
        }
        boolean isOpening = time.equals(open.plus(CHANGED_CLOCK))
                || time.equals(interval.next(open).minus(CHANGED_CLOCK));
        return isOpening ? time : open;
    }

    private static Candle at(Instant open, Candle candle) {
        return new Candle(
                open,
                candle.open(),
                candle.high(),
                candle.low(),
                candle.close(),
                candle.volume(),
                candle.quoteVolume(),
                candle.trades(),
                candle.complete());
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null || b == null ? null : a.add(b);
    }
}
