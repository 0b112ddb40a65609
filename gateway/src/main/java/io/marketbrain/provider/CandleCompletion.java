package io.marketbrain.provider;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import java.time.Instant;
import java.util.List;

/**
 * Marks candles as unfinished by the provider's clock, the {@code Date} of its response: the gateway's may be minutes ahead, and
 * the provider still changes the candle until its time is over there. Pure.
 */
final class CandleCompletion {
    private CandleCompletion() {}

    /** The candles, those marked as unfinished that are not over at {@code now}, the provider's time. */
    static Candles marked(Candles candles, Instant now) {
        if (candles.candles().stream().noneMatch(candle -> isOpen(candles, candle, now))) {
            return candles;
        }
        List<Candle> marked = candles.candles().stream()
                .map(candle -> isOpen(candles, candle, now) ? candle.unfinished() : candle)
                .toList();
        return candles.with(marked, candles.gaps());
    }

    private static boolean isOpen(Candles candles, Candle candle, Instant now) {
        return candles.interval().next(candle.openTime()).isAfter(now);
    }
}
