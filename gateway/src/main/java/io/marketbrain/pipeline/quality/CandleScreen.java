package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The checks that a candle passes or fails by itself. Pure. */
final class CandleScreen {
    private CandleScreen() {}

    static Findings screen(Candles candles, Instant providerNow, Findings found) {
        AssetType type = candles.listing().instrument().type();
        List<Candle> all = candles.candles();
        Findings sum = found;
        for (int i = 0; i < all.size(); i++) {
            sum = prices(all.get(i), sum);
        }
        if (!all.isEmpty()) {
            // They are in order, so that the first and the last have the extreme times.
            sum = TimeScreen.historic("a candle", all.getFirst().openTime(), type, providerNow, sum);
            sum = TimeScreen.historic("a candle", all.getLast().openTime(), type, providerNow, sum);
        }
        return sum;
    }

    private static Findings prices(Candle candle, Findings found) {
        BigDecimal high = candle.high();
        BigDecimal low = candle.low();
        if (high.compareTo(candle.open()) < 0) {
            return contradiction(candle, "high", high, "below its open", candle.open(), found);
        }
        if (high.compareTo(candle.close()) < 0) {
            return contradiction(candle, "high", high, "below its close", candle.close(), found);
        }
        if (high.compareTo(low) < 0) {
            return contradiction(candle, "high", high, "below its low", low, found);
        }
        if (low.compareTo(candle.open()) > 0) {
            return contradiction(candle, "low", low, "above its open", candle.open(), found);
        }
        if (low.compareTo(candle.close()) > 0) {
            return contradiction(candle, "low", low, "above its close", candle.close(), found);
        }
        return found;
    }

    private static Findings contradiction(
            Candle candle, String name, BigDecimal value, String relation, BigDecimal other, Findings found) {
        return found.isFull(QualityCheck.CONTRADICTORY_OHLC)
                ? found
                : found.and(
                        QualityCheck.CONTRADICTORY_OHLC,
                        "the candle of " + candle.openTime() + " has a " + name + " of " + value.toPlainString() + ", "
                                + relation + " of " + other.toPlainString());
    }
}
