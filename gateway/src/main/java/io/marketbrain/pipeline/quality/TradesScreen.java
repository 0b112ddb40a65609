package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Trades;
import java.time.Instant;

/** The checks of trades, which are in order. Pure. */
final class TradesScreen {
    private TradesScreen() {}

    static Findings screen(Trades trades, Instant providerNow, Findings found) {
        if (trades.trades().isEmpty()) {
            return TimeScreen.current("the list of trades", trades.asOf(), providerNow, found);
        }
        Findings all = TimeScreen.current("a trade", trades.trades().getFirst().time(), providerNow, found);
        return TimeScreen.current("a trade", trades.trades().getLast().time(), providerNow, all);
    }
}
