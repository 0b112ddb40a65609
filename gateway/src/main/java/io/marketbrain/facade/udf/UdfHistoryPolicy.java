package io.marketbrain.facade.udf;

import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which candles a history request means: those from {@code from} inclusive to {@code to} exclusive; with a {@code countback}, the
 * last ones before {@code to}, whatever {@code from} is. A range of more candles than fit in a response means the last that do,
 * because charts ask for what is older when they get there. Pure.
 */
final class UdfHistoryPolicy {
    private UdfHistoryPolicy() {}

    /**
     * @param countback how many candles; 0 if not given
     * @param most the most candles in a response
     */
    static CandlesQuery query(
            Listed listed, Interval interval, @Nullable Instant from, Instant to, int countback, int most) {
        Instant end = to.isAfter(Parameters.LATEST) ? Parameters.LATEST : to;
        if (countback > 0) {
            return last(listed, interval, end, Math.min(countback, most));
        }
        Instant start = from == null || from.isBefore(Parameters.EARLIEST) ? Parameters.EARLIEST : from;
        return interval.bars(start, end) > most
                ? last(listed, interval, end, most)
                : new CandlesQuery(listed.provider(), listed.instrument(), interval, start, end, most);
    }

    private static CandlesQuery last(Listed listed, Interval interval, Instant end, int count) {
        return new CandlesQuery(listed.provider(), listed.instrument(), interval, null, end, count);
    }
}
