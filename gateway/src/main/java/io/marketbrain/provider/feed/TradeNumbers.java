package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData.Trade;

/** Trades whose ids are numbers without holes. */
final class TradeNumbers {
    private TradeNumbers() {}

    /** The number of a trade; -1 if its id is none. */
    static long of(Trade trade) {
        try {
            return Long.parseLong(trade.id());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
