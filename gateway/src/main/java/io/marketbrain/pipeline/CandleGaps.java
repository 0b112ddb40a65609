package io.marketbrain.pipeline;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which bars are missing, for markets that never close. A candle off the interval's grid counts for the bar that its
 * opening time falls in. Pure.
 */
public final class CandleGaps {
    private CandleGaps() {}

    /**
     * The gaps among the bars that open from {@code from} inclusive to {@code to} exclusive, edges included.
     *
     * @param candles oldest first, within the range
     */
    public static List<Gap> find(Interval interval, List<Candle> candles, Instant from, Instant to) {
        List<Gap> gaps = new ArrayList<>();
        Instant expected = interval.ceil(from);
        for (Candle candle : candles) {
            Instant bar = interval.floor(candle.openTime());
            add(interval, expected, bar, gaps);
            if (!bar.isBefore(expected)) {
                expected = interval.next(bar);
            }
        }
        add(interval, expected, interval.ceil(to), gaps);
        return gaps;
    }

    /** The parts of gaps that lie in a range; what remains of adjacent ones is one gap. */
    public static List<Gap> clip(Interval interval, List<Gap> gaps, Instant from, Instant to) {
        Instant first = interval.ceil(from);
        Instant last = interval.ceil(to);
        List<Gap> clipped = new ArrayList<>();
        for (Gap gap : gaps) {
            Instant start = gap.from().isBefore(first) ? first : gap.from();
            Instant end = gap.to().isAfter(last) ? last : gap.to();
            if (!clipped.isEmpty() && clipped.getLast().to().equals(start)) {
                start = clipped.removeLast().from();
            }
            add(interval, start, end, clipped);
        }
        return clipped;
    }

    private static void add(Interval interval, Instant from, Instant to, List<Gap> gaps) {
        long missing = interval.bars(from, to);
        if (missing > 0) {
            gaps.add(new Gap(from, to, missing));
        }
    }
}
