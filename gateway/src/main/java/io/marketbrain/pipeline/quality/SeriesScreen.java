package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Candles;

/** The checks that compare the candles of one response with each other. Pure. */
final class SeriesScreen {
    private SeriesScreen() {}

    /** Adds what is doubtful about the candles, which are in order, to {@code found}. */
    static Findings screen(Candles candles, Findings found) {
        Findings prices = SwapScreen.screen(candles, JumpScreen.screen(candles, found));
        return GridScreen.screen(candles, VolumeScreen.screen(candles, FrozenScreen.screen(candles, prices)));
    }
}
