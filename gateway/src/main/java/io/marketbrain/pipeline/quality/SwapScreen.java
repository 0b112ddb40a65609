package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Finds candles whose open and close are exchanged, which contradicts nothing within a candle. A candle opens near the
 * close of the one before, much nearer than it closes to the open of the one before; in a response in which it is the other
 * way round, all are exchanged. A single one shows where candles open at the close of the one before, as in a market that
 * never closes. Pure.
 */
final class SwapScreen {
    /** The candles from which on the distances are compared. */
    private static final int LEAST_CANDLES = 12;

    /** All are exchanged if opens are this much farther from the closes before than the other way round. */
    private static final double EXCHANGED = 1.5;

    /** Candles join if the distance from a close to the next open is this part of the moves within candles, on average. */
    private static final double JOINED = 0.3;

    /** How exactly a single exchanged candle fits between its neighbours, as a part of its own move. */
    private static final double FIT = 0.2;

    /** The least move of a single exchanged candle, in units of the usual distance between candles. */
    private static final double CLEAR_MOVE = 4;

    private static final MathContext FIGURES = new MathContext(3);

    private final List<Candle> bars;

    private SwapScreen(List<Candle> bars) {
        this.bars = bars;
    }

    static Findings screen(Candles candles, Findings found) {
        return candles.candles().size() < LEAST_CANDLES ? found : new SwapScreen(candles.candles()).run(found);
    }

    private Findings run(Findings found) {
        double between = 0;
        double across = 0;
        double within = 0;
        for (int i = 1; i < bars.size(); i++) {
            between += distance(bars.get(i - 1).close(), bars.get(i).open());
            across += distance(bars.get(i - 1).open(), bars.get(i).close());
            within += distance(bars.get(i).open(), bars.get(i).close());
        }
        int pairs = bars.size() - 1;
        if (between > EXCHANGED * across) {
            return found.and(
                    QualityCheck.SWAPPED_OPEN_CLOSE,
                    "open and close seem to be exchanged: the opens are " + mean(between, pairs)
                            + " from the closes of the candles before on average, and the closes " + mean(across, pairs)
                            + " from their opens");
        }
        return between <= JOINED * within ? single(between, found) : found;
    }

    private Findings single(double between, Findings found) {
        Findings sum = found;
        for (int i = 1; i + 1 < bars.size(); i++) {
            Candle before = bars.get(i - 1);
            Candle bar = bars.get(i);
            Candle after = bars.get(i + 1);
            double move = distance(bar.open(), bar.close());
            double misfit = distance(before.close(), bar.close()) + distance(bar.open(), after.open());
            if (move == 0 || misfit > FIT * move || repeats(before, bar) || repeats(bar, after)) {
                continue;
            }
            double own = distance(before.close(), bar.open()) + distance(bar.close(), after.open());
            if (move * (bars.size() - 1) > CLEAR_MOVE * (between - own)) {
                sum = sum.and(
                        QualityCheck.SWAPPED_OPEN_CLOSE,
                        "open and close of the candle of " + bar.openTime() + " seem to be exchanged: it opens at "
                                + bar.open().toPlainString() + " after a close of "
                                + before.close().toPlainString() + ", and closes at "
                                + bar.close().toPlainString() + " before an open of "
                                + after.open().toPlainString());
            }
        }
        return sum;
    }

    /** Whether a candle is a copy of another one, which {@link FrozenScreen} finds. */
    private static boolean repeats(Candle one, Candle other) {
        return one.open().compareTo(other.open()) == 0 && one.close().compareTo(other.close()) == 0;
    }

    private static double distance(BigDecimal a, BigDecimal b) {
        return Math.abs(a.doubleValue() - b.doubleValue());
    }

    private static String mean(double sum, int count) {
        return new BigDecimal(sum / count, FIGURES).toPlainString();
    }
}
