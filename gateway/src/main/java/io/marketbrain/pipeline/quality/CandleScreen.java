package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks that a candle passes or fails by itself. Pure. */
final class CandleScreen {
    /**
     * The part of a price by which a high or a low may miss it and only be flagged: providers that take the prices of a
     * candle from several sources, or round them, send such candles.
     */
    private static final BigDecimal INEXACT = new BigDecimal("0.0005");

    /** How long after its end a candle may still be incomplete, because it was sent just before. */
    private static final Duration PARTIAL_AFTER = Duration.ofMinutes(1);

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

    /**
     * Adds whether the last candle is built from less than its interval although that is over: the provider says that it
     * is not complete, or that its data is from before the end. One that is still being built is not partial.
     *
     * @param providerNow the time by the provider's clock
     */
    static Findings partial(Candles candles, Instant providerNow, Findings found) {
        if (candles.candles().isEmpty()) {
            return found;
        }
        Candle last = candles.candles().getLast();
        Instant asOf = candles.asOf();
        if (last.complete() && asOf == null) {
            return found;
        }
        Instant end = candles.interval().next(last.openTime());
        boolean cut = !last.complete() || (asOf != null && asOf.isBefore(end));
        if (!cut || Duration.between(end, providerNow).compareTo(PARTIAL_AFTER) <= 0) {
            return found;
        }
        return found.and(
                QualityCheck.PARTIAL_BAR,
                "the candle of " + last.openTime() + " ended at " + end
                        + (asOf != null && asOf.isBefore(end)
                                ? " and is built up to " + asOf + " only"
                                : ", but the provider has not completed it at " + providerNow));
    }

    private static Findings prices(Candle candle, Findings found) {
        if (candle.high().compareTo(candle.open().max(candle.close())) >= 0
                && candle.low().compareTo(candle.open().min(candle.close())) <= 0) {
            return found;
        }
        String gross = findContradiction(candle, INEXACT);
        if (gross != null) {
            return found.and(QualityCheck.CONTRADICTORY_OHLC, gross);
        }
        String slight = findContradiction(candle, BigDecimal.ZERO);
        return slight == null ? found : found.and(QualityCheck.INEXACT_OHLC, slight);
    }

    /** The first contradiction by more than a part of the price; null if there is none. */
    private static @Nullable String findContradiction(Candle candle, BigDecimal tolerance) {
        BigDecimal high = candle.high();
        BigDecimal low = candle.low();
        if (isBelow(high, candle.open(), tolerance)) {
            return detail(candle, "high", high, "below its open", candle.open());
        }
        if (isBelow(high, candle.close(), tolerance)) {
            return detail(candle, "high", high, "below its close", candle.close());
        }
        if (isBelow(high, low, tolerance)) {
            return detail(candle, "high", high, "below its low", low);
        }
        if (isBelow(candle.open(), low, tolerance)) {
            return detail(candle, "low", low, "above its open", candle.open());
        }
        if (isBelow(candle.close(), low, tolerance)) {
            return detail(candle, "low", low, "above its close", candle.close());
        }
        return null;
    }

    private static boolean isBelow(BigDecimal value, BigDecimal other, BigDecimal tolerance) {
        return other.subtract(value).compareTo(other.abs().multiply(tolerance)) > 0;
    }

    private static String detail(Candle candle, String name, BigDecimal value, String relation, BigDecimal other) {
        return "the candle of " + candle.openTime() + " has a " + name + " of " + value.toPlainString() + ", "
                + relation + " of " + other.toPlainString();
    }
}
