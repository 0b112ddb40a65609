package io.marketbrain.model;

import java.math.BigDecimal;
import java.time.Instant;

/** The bounds of the numbers and times in market data, whether a provider sent them or another gateway stored them. Pure. */
public final class MarketDataBounds {
    /** The most significant digits of a decimal. */
    public static final int MAX_DIGITS = 100;

    /** The most digits after the decimal point, and the most zeros that a decimal may omit before it. */
    public static final int MAX_SCALE = 100;

    public static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    public static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private MarketDataBounds() {}

    public static boolean isDecimal(BigDecimal value) {
        return Math.abs((long) value.scale()) <= MAX_SCALE && value.precision() <= MAX_DIGITS;
    }

    /** Whether {@code value} is a decimal above zero. */
    public static boolean isPrice(BigDecimal value) {
        return value.signum() > 0 && isDecimal(value);
    }

    /** Whether prices of something of this type may be zero or less. */
    public static boolean mayBeNegative(AssetType type) {
        return switch (type) {
            // Crude oil futures closed at -37.63 on 20 April 2020; interest rates were below zero for years.
            case COMMODITY, RATE -> true;
            case CRYPTO, STOCK, ETF, FX, INDEX, FUND, MACRO, NEWS -> false;
        };
    }

    /** Whether {@code value} can be a price of something of this type: above zero, except where prices may be negative. */
    public static boolean isPrice(BigDecimal value, AssetType type) {
        return mayBeNegative(type) ? isDecimal(value) : isPrice(value);
    }

    /** Whether {@code value} is a decimal of zero or more. */
    public static boolean isAmount(BigDecimal value) {
        return value.signum() >= 0 && isDecimal(value);
    }

    /** Whether {@code instant} is between 1900 and 2200. */
    public static boolean isInstant(Instant instant) {
        return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
    }
}
