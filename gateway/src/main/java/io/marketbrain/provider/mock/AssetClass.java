package io.marketbrain.provider.mock;

import io.marketbrain.model.AssetType;

/** The kinds of market the mock knows: they differ in hours, skew and spread. */
enum AssetClass {
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

    static AssetClass of(AssetType type) {
        return switch (type) {
            case CRYPTO -> CRYPTO;
            case STOCK, ETF -> STOCK;
            case INDEX -> INDEX;
            case FX -> FX;
            case COMMODITY -> COMMODITY;
            case FUND, RATE, MACRO, NEWS -> throw new IllegalArgumentException("the mock market has no " + type);
        };
    }

    /** How much longer rising legs take than falling ones: the source of negative skew and the leverage effect. */
    double skew() {
        return skew;
    }

    /** The spread of a calm market in hundredths of a per cent. */
    double spreadBps() {
        return spreadBps;
    }

    MarketClock clock() {
        return switch (this) {
            case CRYPTO -> Always.CLOCK;
            case STOCK, INDEX -> Stocks.CLOCK;
            case FX -> Currencies.CLOCK;
            case COMMODITY -> Commodities.CLOCK;
        };
    }

    private static final class Always {
        static final RoundTheClock CLOCK = new RoundTheClock();
    }

    private static final class Stocks {
        static final Sessions CLOCK = new Sessions(Timetable.US_STOCKS);
    }

    private static final class Currencies {
        static final Sessions CLOCK = new Sessions(Timetable.FX);
    }

    private static final class Commodities {
        static final Sessions CLOCK = new Sessions(Timetable.COMMODITY);
    }
}
