package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData.Trade;
import java.util.List;

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

    /** The trades between two numbers, both exclusive, in order and once each. */
    static List<Trade> between(List<Trade> trades, long after, long before) {
        return trades.stream()
                .filter(trade -> of(trade) > after && of(trade) < before)
                .sorted((a, b) -> Long.compare(of(a), of(b)))
                .distinct()
                .toList();
    }
}
