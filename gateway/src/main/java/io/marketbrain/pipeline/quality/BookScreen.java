package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.OrderBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The checks of an order book, whose levels are in order. Pure. */
final class BookScreen {
    private BookScreen() {}

    static Findings screen(OrderBook book, Instant providerNow, Findings found) {
        Findings all = TimeScreen.current("the order book", book.asOf(), providerNow, found);
        if (!book.bids().isEmpty() && !book.asks().isEmpty()) {
            BigDecimal bid = book.bids().getFirst().price();
            BigDecimal ask = book.asks().getFirst().price();
            int order = bid.compareTo(ask);
            if (order >= 0) {
                all = all.and(
                        QualityCheck.CROSSED_BOOK,
                        "the best bid " + bid.toPlainString() + (order == 0 ? " equals" : " is above")
                                + " the best ask " + ask.toPlainString());
            }
        }
        return side("ask", book.asks(), side("bid", book.bids(), all));
    }

    private static Findings side(String name, List<Level> levels, Findings found) {
        Findings all = found;
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            if (level.size().signum() == 0) {
                all = all.and(
                        QualityCheck.EMPTY_LEVEL,
                        "the " + name + " at " + level.price().toPlainString() + " has size 0");
            }
            // Equal prices are neighbours, because the levels are in order.
            if (i > 0 && levels.get(i - 1).price().compareTo(level.price()) == 0) {
                all = all.and(
                        QualityCheck.REPEATED_LEVEL,
                        "the " + name + " at " + level.price().toPlainString() + " is listed twice, with sizes "
                                + levels.get(i - 1).size().toPlainString() + " and "
                                + level.size().toPlainString());
            }
        }
        return all;
    }
}
