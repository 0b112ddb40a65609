package io.marketbrain.api;

import io.marketbrain.model.Answer;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import java.time.Instant;
import java.util.Optional;

/**
 * One page of candles and the query that it answers.
 *
 * @param next where the page after it starts; empty where it is the last
 */
record CandlePage(CandlesQuery query, Answer answer, Candles candles, Optional<Cursor> next) {

    static CandlePage of(CandlesQuery query, Answer answer, Instant now) {
        if (!(answer.data() instanceof Candles candles)) {
            throw new IllegalStateException(
                    "candles were asked for, and this came: " + answer.data().getClass());
        }
        return new CandlePage(query, answer, candles, Cursor.after(candles, query, now));
    }

    /** The same page without the candles up to {@code open}, which the page before has. */
    CandlePage after(Instant open) {
        var rest = candles.candles().stream()
                .filter(candle -> candle.openTime().isAfter(open))
                .toList();
        var later = new Candles(candles.listing(), candles.interval(), rest, candles.gaps(), candles.asOf());
        return new CandlePage(query, answer, later, next);
    }

    /** When its last candle opens. */
    Instant lastOpen() {
        return candles.candles().getLast().openTime();
    }

    /** How many bars are missing between the first candle and the last. */
    long missing() {
        return candles.gaps().stream().mapToLong(Gap::missing).sum();
    }
}
