package io.marketbrain.facade.coingecko;

import io.marketbrain.model.Interval;
import java.time.Duration;

/** How far apart the points of a chart are, as at CoinGecko: 5 minutes up to a day, an hour up to 90 days, then a day. Pure. */
final class ChartIntervalPolicy {
    private static final Duration FINE = Duration.ofDays(1);
    private static final Duration HOURLY = Duration.ofDays(90);

    private ChartIntervalPolicy() {}

    static Interval of(Duration range) {
        if (range.compareTo(FINE) <= 0) {
            return Interval.M5;
        }
        return range.compareTo(HOURLY) <= 0 ? Interval.H1 : Interval.D1;
    }
}
