package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.CorporateAction.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The splits that a provider sent with its candles, as moves of the price: natural logarithms of ratios. Pure. */
final class AnnouncedSplits {
    private AnnouncedSplits() {}

    /** The splits that the candles are not adjusted for; where the provider does not say, for none. */
    static List<Split> notAdjusted(Candles candles) {
        return candles.adjustment() == null || candles.adjustment() == Adjustment.RAW ? all(candles) : List.of();
    }

    /** Every split. */
    static List<Split> all(Candles candles) {
        List<CorporateAction> actions = candles.actions();
        if (actions.isEmpty()) {
            return List.of();
        }
        List<Split> splits = new ArrayList<>();
        for (CorporateAction action : actions) {
            if (action instanceof Split split
                    && split.numerator().signum() > 0
                    && split.denominator().signum() > 0) {
                splits.add(split);
            }
        }
        return splits;
    }

    /** How the price moves by the splits after {@code from} and before {@code to}; zero if there is none. */
    static double move(List<Split> splits, Instant from, Instant to) {
        double move = 0;
        for (Split split : splits) {
            if (split.time().isAfter(from) && split.time().isBefore(to)) {
                move += Math.log(
                        split.denominator().doubleValue() / split.numerator().doubleValue());
            }
        }
        return move;
    }
}
