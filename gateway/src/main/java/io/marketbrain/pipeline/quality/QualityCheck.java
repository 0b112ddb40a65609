package io.marketbrain.pipeline.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The checks, in the order in which their flags are listed. Each one's name is also the code of its flag. */
public enum QualityCheck {
    /** A price of zero or less where there are none such. */
    IMPOSSIBLE_PRICE(QualityAction.REFUSE),
    /** A candle whose high or low does not enclose its other prices, or a quote whose high is below its low. */
    CONTRADICTORY_OHLC(QualityAction.REFUSE),
    /** The same by less than 0.05 % of the price. */
    INEXACT_OHLC(QualityAction.FLAG),
    /** A price beyond the day's high or low in the same quote. */
    OUTSIDE_RANGE(QualityAction.FLAG),
    /** A time ahead of the provider's clock. */
    FUTURE_TIME(QualityAction.REFUSE),
    /** A time before there was electronic market data, such as 1970. */
    ABSURD_TIME(QualityAction.REFUSE),
    /** A quote whose bid is not below its ask. */
    CROSSED_QUOTE(QualityAction.FLAG),
    /** An order book whose best bid is not below its best ask. */
    CROSSED_BOOK(QualityAction.FLAG),
    /** A price level of an order book without any size. */
    EMPTY_LEVEL(QualityAction.FLAG),
    /** A price that one side of an order book lists more than once. */
    REPEATED_LEVEL(QualityAction.FLAG),
    /** Data that is old for this instrument, although its market is open. */
    STALE_FEED(QualityAction.FLAG),
    /** A price outside the trailing band of the instrument's prices. */
    PRICE_JUMP(QualityAction.FLAG),
    /** A price that differs from what is expected by a factor such as 100, or is its inverse. */
    SUSPECTED_FACTOR(QualityAction.FLAG),
    /** A price that differs from another provider's. */
    SOURCE_DEVIATION(QualityAction.FLAG),
    /** A trade away from the bid and the ask. */
    TRADE_OFF_QUOTE(QualityAction.FLAG),
    /** A change of price between two candles like that of an unadjusted split. */
    SPLIT_LIKE(QualityAction.FLAG),
    /** Many candles in a row without volume, or with the same values. */
    FROZEN_BARS(QualityAction.FLAG),
    /** Candles in a row whose prices move without any volume, where the others have some. */
    ZERO_VOLUME(QualityAction.FLAG),
    /** Candles whose open and close are exchanged. */
    SWAPPED_OPEN_CLOSE(QualityAction.FLAG),
    /** A last candle that is built from less than its interval, which is over. */
    PARTIAL_BAR(QualityAction.FLAG),
    /** Several candles with one opening time and different values. */
    CONFLICTING_BARS(QualityAction.FLAG),
    /** Candles that came in neither ascending nor descending order. */
    UNORDERED_BARS(QualityAction.FLAG),
    /** Candles that open off the grid of their interval, or shifted against what is known. */
    SHIFTED_BARS(QualityAction.FLAG);

    private static final List<String> NAMES =
            Arrays.stream(values()).map(QualityCheck::wire).toList();

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final QualityAction action;

    QualityCheck(QualityAction action) {
        this.action = action;
    }

    /** The name in configuration, metrics and flags. */
    public String wire() {
        return wire;
    }

    /** What happens unless the configuration says otherwise. */
    public QualityAction defaultAction() {
        return action;
    }

    public static List<String> names() {
        return NAMES;
    }

    public static Optional<QualityCheck> find(String wire) {
        int at = NAMES.indexOf(wire);
        return at < 0 ? Optional.empty() : Optional.of(values()[at]);
    }
}
