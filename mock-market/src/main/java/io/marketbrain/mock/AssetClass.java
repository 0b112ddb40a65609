package io.marketbrain.mock;

import io.marketbrain.mock.calendar.ContinuousClock;
import io.marketbrain.mock.calendar.MarketClock;
import io.marketbrain.mock.calendar.SessionSchedule;
import io.marketbrain.mock.calendar.TradingCalendar;
import io.marketbrain.model.AssetType;

/** The asset classes of the mock market: they differ in trading hours, skew and spread. */
public enum AssetClass {
    CRYPTO(0.10, 2.0),
    STOCK(0.30, 1.5),
    INDEX(0.30, 0.8),
    FX(0.04, 0.7),
    COMMODITY(0.10, 1.5);

    private final double skew;
    private final double spreadBps;

    AssetClass(double skew, double spreadBps) {
        this.skew = skew;
        this.spreadBps = spreadBps;
    }

    public static AssetClass of(AssetType type) {
        return switch (type) {
            case CRYPTO -> CRYPTO;
            case STOCK, ETF -> STOCK;
            case INDEX -> INDEX;
            case FX -> FX;
            case COMMODITY -> COMMODITY;
            case FUND, RATE, MACRO, NEWS -> throw new IllegalArgumentException("the mock market has no " + type);
        };
    }

    /**
     * How much longer rising legs take than falling ones, as a fraction: the source of negative skew and of the
     * leverage effect.
     */
    double skew() {
        return skew;
    }

    /** The spread of a calm market in basis points. */
    double spreadBps() {
        return spreadBps;
    }

    public MarketClock clock() {
        return switch (this) {
            case CRYPTO -> AlwaysOpen.CLOCK;
            case STOCK, INDEX -> StockHours.CLOCK;
            case FX -> CurrencyHours.CLOCK;
            case COMMODITY -> CommodityHours.CLOCK;
        };
    }

    private static final class AlwaysOpen {
        static final ContinuousClock CLOCK = new ContinuousClock();
    }

    private static final class StockHours {
        static final TradingCalendar CLOCK = new TradingCalendar(SessionSchedule.US_STOCKS);
    }

    private static final class CurrencyHours {
        static final TradingCalendar CLOCK = new TradingCalendar(SessionSchedule.FX);
    }

    private static final class CommodityHours {
        static final TradingCalendar CLOCK = new TradingCalendar(SessionSchedule.COMMODITY);
    }
}
