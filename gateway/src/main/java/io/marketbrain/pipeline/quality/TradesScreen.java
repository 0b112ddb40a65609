package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;

/** The checks of trades, which are in order. Pure. */
final class TradesScreen {
    /** How old a bid and an ask may be for trades to be compared with them. */
    private static final int QUOTE_SECONDS = 5;

    /** How far a trade may be from the bid or the ask, in units of its price; prices move within {@link #QUOTE_SECONDS}. */
    private static final double OFF_QUOTE = 0.02;

    /** The figures of the limit that a detail shows: those that floats have. */
    private static final MathContext FIGURES = new MathContext(6);

    private TradesScreen() {}

    static Findings screen(Trades trades, Instant providerNow, Findings found) {
        if (trades.trades().isEmpty()) {
            return TimeScreen.current("the list of trades", trades.asOf(), providerNow, found);
        }
        Findings all = TimeScreen.current("a trade", trades.trades().getFirst().time(), providerNow, found);
        return TimeScreen.current("a trade", trades.trades().getLast().time(), providerNow, all);
    }

    /**
     * Adds which trades are beyond a bid and an ask of the same time.
     *
     * @param quotedAt the second of the bid and the ask
     */
    static Findings offQuote(Trades trades, float bid, float ask, int quotedAt, Findings found) {
        List<Trade> all = trades.trades();
        double limit = Math.max(ask - bid, ask * OFF_QUOTE);
        Findings sum = found;
        for (int i = all.size() - 1; i >= 0; i--) {
            Trade trade = all.get(i);
            long apart = trade.time().getEpochSecond() - quotedAt;
            if (apart < -QUOTE_SECONDS) {
                break;
            }
            double price = trade.price().doubleValue();
            double beyond = Math.max(bid - price, price - ask);
            if (apart <= QUOTE_SECONDS && beyond > limit) {
                sum = sum.and(
                        QualityCheck.TRADE_OFF_QUOTE,
                        "the trade at " + trade.price().toPlainString() + " of " + trade.time()
                                + " is more than "
                                + new BigDecimal(limit)
                                        .round(FIGURES)
                                        .stripTrailingZeros()
                                        .toPlainString()
                                + " beyond the bid " + bid + " and the ask " + ask + " of "
                                + Instant.ofEpochSecond(quotedAt));
            }
        }
        return sum;
    }
}
