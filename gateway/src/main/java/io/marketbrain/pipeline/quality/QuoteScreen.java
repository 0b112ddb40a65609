package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Quote;
import java.math.BigDecimal;
import java.time.Instant;

/** The checks that a quote passes or fails by itself. Pure. */
final class QuoteScreen {
    /** How far the last price may be from the nearer of bid and ask, beyond their spread, in units of that side's price. */
    private static final BigDecimal OFF_QUOTE = new BigDecimal("0.10");

    private QuoteScreen() {}

    static Findings screen(Quote quote, Instant providerNow, Findings found) {
        Findings all = TimeScreen.current("the quote", quote.asOf(), providerNow, found);
        BigDecimal high = quote.high();
        BigDecimal low = quote.low();
        if (high != null && low != null && high.compareTo(low) < 0) {
            all = all.and(
                    QualityCheck.CONTRADICTORY_OHLC,
                    "the high " + high.toPlainString() + " is below the low " + low.toPlainString());
        }
        BigDecimal bid = quote.bid();
        BigDecimal ask = quote.ask();
        if (bid == null || ask == null) {
            return all;
        }
        int order = bid.compareTo(ask);
        if (order >= 0) {
            return all.and(
                    QualityCheck.CROSSED_QUOTE,
                    "the bid " + bid.toPlainString() + (order == 0 ? " equals" : " is above") + " the ask "
                            + ask.toPlainString());
        }
        return offQuote(quote.price(), bid, ask, all);
    }

    private static Findings offQuote(BigDecimal price, BigDecimal bid, BigDecimal ask, Findings found) {
        boolean below = price.compareTo(bid) < 0;
        if (!below && price.compareTo(ask) <= 0) {
            return found;
        }
        BigDecimal side = below ? bid : ask;
        BigDecimal distance = price.subtract(side).abs();
        BigDecimal spread = ask.subtract(bid);
        if (distance.compareTo(spread.max(side.abs().multiply(OFF_QUOTE))) <= 0) {
            return found;
        }
        return found.and(
                QualityCheck.TRADE_OFF_QUOTE,
                "the last price " + price.toPlainString() + " is far " + (below ? "below" : "above") + " the bid "
                        + bid.toPlainString() + " and the ask " + ask.toPlainString());
    }
}
