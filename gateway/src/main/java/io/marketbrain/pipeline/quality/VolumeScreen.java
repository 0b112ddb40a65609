package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import java.math.BigDecimal;
import java.util.List;

/**
 * Finds runs of candles whose prices move although nothing was traded, where most of the others have a volume. Candles of
 * one price without volume are quiet hours, which {@link FrozenScreen} judges. Pure.
 */
final class VolumeScreen {
    /** The least length of a doubtful run; single ones come from volumes that are rounded. */
    private static final int LEAST_RUN = 3;

    private VolumeScreen() {}

    static Findings screen(Candles candles, Findings found) {
        List<Candle> bars = candles.candles();
        Findings sum = found;
        int run = 0;
        for (int i = 0; i <= bars.size(); i++) {
            if (i < bars.size() && isDoubtful(bars.get(i))) {
                run++;
                continue;
            }
            if (run >= LEAST_RUN) {
                sum = judged(bars, i - run, run, sum);
            }
            run = 0;
        }
        return sum;
    }

    private static Findings judged(List<Candle> bars, int start, int run, Findings found) {
        int traded = 0;
        for (int i = 0; i < bars.size(); i++) {
            BigDecimal volume = bars.get(i).volume();
            traded += volume != null && volume.signum() > 0 ? 1 : 0;
        }
        int others = bars.size() - run;
        return 2 * traded <= others
                ? found
                : found.and(
                        QualityCheck.ZERO_VOLUME,
                        run + " candles from " + bars.get(start).openTime()
                                + " on have no volume although their prices moved; " + traded + " of the " + others
                                + " others have one");
    }

    private static boolean isDoubtful(Candle bar) {
        BigDecimal volume = bar.volume();
        return volume != null && volume.signum() == 0 && bar.high().compareTo(bar.low()) > 0;
    }
}
