package io.marketbrain.pipeline.quality;

import io.marketbrain.model.MarketData.Quote;
import java.math.BigDecimal;
import java.time.Instant;

/** The checks that a quote passes or fails by itself. Pure. */
final class QuoteScreen {
    /** How far the last price may be from the nearer of bid and ask, beyond their spread, in units of that side's price. */
    private static final BigDecimal OFF_QUOTE = new BigDecimal("0.10");

    /** How far the price may be beyond the day's high or low, which some providers update later, as a part of it. */
    private static final BigDecimal OUTSIDE_RANGE = new BigDecimal("0.01");

    private QuoteScreen() {}

    static Findings screen(Quote quote, Instant providerNow, Findings found) {
        Findings all = TimeScreen.current("the quote", quote.asOf(), providerNow, found);
        BigDecimal high = quote.high();
        BigDecimal low = quote.low();
        if (high != null && low != null) {
            boolean sameSession = !SessionTime.isOutside(quote.listing(), quote.asOf());
            all = range(quote.price(), high, low, sameSession, all);
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

    /** @param sameSession whether the price may be from the session that high and low are of */
    private static Findings range(
            BigDecimal price, BigDecimal high, BigDecimal low, boolean sameSession, Findings found) {
        if (high.compareTo(low) < 0) {
            return found.and(
                    QualityCheck.CONTRADICTORY_OHLC,
                    "the high " + high.toPlainString() + " is below the low " + low.toPlainString());
        }
        boolean above = price.compareTo(high) > 0;
        if (!sameSession || (!above && price.compareTo(low) >= 0)) {
            return found;
        }
        BigDecimal end = above ? high : low;
        if (price.subtract(end).abs().compareTo(end.abs().multiply(OUTSIDE_RANGE)) <= 0) {
            return found;
        }
        return found.and(
                QualityCheck.OUTSIDE_RANGE,
                "the price " + price.toPlainString() + (above ? " is above the high " : " is below the low ")
                        + end.toPlainString() + ", by more than the limit of "
                        + OUTSIDE_RANGE.movePointRight(2).toPlainString() + " %");
    }

    private static Findings offQuote(BigDecimal price, BigDecimal bid, BigDecimal ask, Findings found) {
        boolean below = price.compareTo(bid) < 0;
        if (!below && price.compareTo(ask) <= 0) {
            return found;
        }
        BigDecimal side = below ? bid : ask;
        BigDecimal distance = price.subtract(side).abs();
        BigDecimal limit = ask.subtract(bid).max(side.abs().multiply(OFF_QUOTE));
        if (distance.compareTo(limit) <= 0) {
            return found;
        }
        return found.and(
                QualityCheck.TRADE_OFF_QUOTE,
                "the last price " + price.toPlainString() + " is more than " + limit.toPlainString()
                        + (below
                                ? " below the bid " + bid.toPlainString() + " (ask " + ask.toPlainString() + ")"
                                : " above the ask " + ask.toPlainString() + " (bid " + bid.toPlainString() + ")"));
    }
}
