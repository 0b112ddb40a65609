package io.marketbrain.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;

/** The bounds of the numbers and times in market data, whether a provider sent them or another gateway stored them. Pure. */
public final class MarketDataBounds {
    /** The most significant digits of a decimal. */
    public static final int MAX_DIGITS = 100;

    /** The most digits after the decimal point, and the most zeros that a decimal may omit before it. */
    public static final int MAX_SCALE = 100;

    public static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    public static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** Roots of futures and codes of commodities whose prices are above zero: metals, grains, softs and livestock. */
    private static final Set<String> ABOVE_ZERO = Set.of(
            "GC",
            "MGC",
            "SI",
            "SIL",
            "HG",
            "PL",
            "PA",
            "ALI",
            "XAU",
            "XAG",
            "XPT",
            "XPD",
            "GOLD",
            "SILVER",
            "COPPER",
            "ALUMINUM",
            "ZC",
            "ZW",
            "ZS",
            "ZM",
            "ZL",
            "ZO",
            "ZR",
            "KE",
            "KC",
            "SB",
            "CC",
            "CT",
            "OJ",
            "LE",
            "HE",
            "GF",
            "WHEAT",
            "CORN",
            "COTTON",
            "SUGAR",
            "COFFEE");

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

    /**
     * The same for an instrument: of commodities, those that cost something to hold and cannot be thrown away, such as oil, gas and
     * power, may have negative prices; metals and what is harvested never had.
     */
    public static boolean mayBeNegative(Instrument instrument) {
        return mayBeNegative(instrument.type()) && !ABOVE_ZERO.contains(root(instrument.base()));
    }

    /** The root of a continuous future ({@code GC=F}), or the code itself. */
    private static String root(String base) {
        int mark = base.indexOf('=');
        return mark < 0 ? base : base.substring(0, mark);
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
