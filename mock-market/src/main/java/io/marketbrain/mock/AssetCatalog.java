package io.marketbrain.mock;

import io.marketbrain.model.Instrument;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The assets of the mock market. Every asset exists: well-known ones have fixed parameters, configured ones those of
 * the configuration, and any other gets parameters derived from a hash of its name, so they are the same on every
 * machine. A coin priced in dollars is one asset whichever dollar stablecoin is used, so prices of different providers
 * agree.
 */
final class AssetCatalog {
    private static final long NAMES = 0x6D61726B65747331L;
    private static final String COINS = "crypto";
    private static final String DOLLAR = "USDT";

    /** Base price, daily volatility, daily trend, lower and upper bound, daily turnover in dollars. */
    private record Known(double base, double volatility, double trend, double min, double max, double turnover) {}

    private static final Map<String, Known> KNOWN = Map.ofEntries(
            Map.entry("BTCUSDT", new Known(50_000, 0.03, 0.001, 1_000, 200_000, 2e9)),
            Map.entry("ETHUSDT", new Known(3_000, 0.035, 0.0008, 100, 20_000, 1e9)),
            Map.entry("BNBUSDT", new Known(300, 0.04, 0.0005, 10, 2_000, 2e8)),
            Map.entry("SOLUSDT", new Known(120, 0.05, 0.0005, 3, 3_000, 4e8)),
            Map.entry("XRPUSDT", new Known(0.6, 0.045, 0.0003, 0.02, 15, 3e8)),
            Map.entry("ADAUSDT", new Known(0.5, 0.045, 0.0003, 0.02, 12, 1e8)),
            Map.entry("DOGEUSDT", new Known(0.12, 0.05, 0.0003, 0.003, 4, 2e8)),
            Map.entry("LTCUSDT", new Known(90, 0.04, 0.0002, 4, 1_500, 1e8)),
            Map.entry("AAPL", new Known(150, 0.02, 0.0002, 50, 500, 9e9)),
            Map.entry("MSFT", new Known(320, 0.018, 0.0002, 90, 1_200, 8e9)),
            Map.entry("GOOG", new Known(130, 0.019, 0.0002, 40, 480, 3e9)),
            Map.entry("GOOGL", new Known(129, 0.019, 0.0002, 40, 480, 4e9)),
            Map.entry("AMZN", new Known(140, 0.022, 0.0002, 35, 560, 6e9)),
            Map.entry("NVDA", new Known(450, 0.03, 0.0004, 80, 2_500, 2e10)),
            Map.entry("TSLA", new Known(230, 0.034, 0.0003, 40, 1_300, 2e10)),
            Map.entry("META", new Known(300, 0.025, 0.0002, 70, 1_300, 5e9)),
            Map.entry("INTC", new Known(40, 0.022, 0.0001, 10, 160, 2e9)),
            Map.entry("IBM", new Known(145, 0.014, 0.0001, 55, 380, 7e8)),
            Map.entry("SPY", new Known(430, 0.011, 0.0002, 190, 980, 3e10)),
            Map.entry("QQQ", new Known(360, 0.014, 0.0002, 130, 1_000, 2e10)),
            Map.entry("SPX", new Known(4_300, 0.011, 0.0002, 1_900, 9_800, 3e10)),
            Map.entry("DJI", new Known(34_500, 0.010, 0.0002, 16_000, 75_000, 1e10)),
            Map.entry("IXIC", new Known(13_400, 0.013, 0.0002, 5_000, 36_000, 2e10)),
            Map.entry("NDX", new Known(14_800, 0.014, 0.0002, 5_400, 41_000, 2e10)),
            Map.entry("EURUSD", new Known(1.08, 0.01, 0, 0.5, 2, 1e11)),
            Map.entry("XAUUSD", new Known(1_950, 0.01, 0.0001, 1_000, 3_900, 5e10)),
            Map.entry("XAGUSD", new Known(23.5, 0.018, 0.0001, 8, 70, 5e9)),
            Map.entry("XPTUSD", new Known(940, 0.015, 0, 400, 2_600, 1e9)),
            Map.entry("XPDUSD", new Known(1_200, 0.02, 0, 400, 3_600, 5e8)),
            Map.entry("WTI", new Known(75, 0.023, 0, 20, 260, 4e10)),
            Map.entry("BRENT", new Known(79, 0.022, 0, 22, 270, 4e10)),
            Map.entry("NATGAS", new Known(3.2, 0.035, 0, 0.6, 17, 5e9)));

    private static final Set<String> METALS = Set.of("XAU", "XAG", "XPT", "XPD");

    /** What futures follow, by the root of a contract's name: that of {@code GC=F} is GC. */
    private static final Map<String, String> FUTURES = Map.ofEntries(
            Map.entry("GC", "XAU"),
            Map.entry("SI", "XAG"),
            Map.entry("PL", "XPT"),
            Map.entry("PA", "XPD"),
            Map.entry("CL", "WTI"),
            Map.entry("BZ", "BRENT"),
            Map.entry("NG", "NATGAS"),
            Map.entry("HG", "COPPER"),
            Map.entry("ZC", "CORN"),
            Map.entry("ZW", "WHEAT"),
            Map.entry("ES", "SPX"),
            Map.entry("NQ", "NDX"),
            Map.entry("YM", "DJI"));

    private static final String FUTURE = "=F";

    /** A stablecoin priced in another dollar. */
    private static final Known PEGGED = new Known(1, 0.0004, 0, 0.97, 1.031, 5e8);

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private AssetCatalog() {}

    /** The asset of an instrument. */
    static Asset of(Instrument instrument) {
        AssetClass kind = AssetClass.of(instrument.type());
        return switch (kind) {
            case CRYPTO -> pair(kind, instrument.base(), instrument.quote());
            case FX ->
                METALS.contains(instrument.base())
                        ? metal(instrument.base(), instrument.quote())
                        : pair(kind, instrument.base(), instrument.quote());
            case STOCK, INDEX -> single(kind, instrument.base());
            case COMMODITY -> {
                String name = findUnderlying(instrument.base()).orElse(instrument.base());
                yield METALS.contains(name) ? metal(name, instrument.quote()) : single(kind, name);
            }
        };
    }

    /** The metal, commodity or index that a future follows, named by its root with or without {@code =F}. */
    static Optional<String> findUnderlying(String name) {
        String root = name.endsWith(FUTURE) ? name.substring(0, name.length() - FUTURE.length()) : name;
        return Optional.ofNullable(FUTURES.get(root));
    }

    /** A metal, also where providers list it among the currencies. */
    private static Asset metal(String base, String quote) {
        Asset inDollars = single(AssetClass.COMMODITY, base.concat("USD"));
        return CurrencyTable.isDollar(quote) || !CurrencyTable.isKnown(quote)
                ? inDollars
                : converted(inDollars, CurrencyTable.inDollars(quote));
    }

    private static Asset pair(AssetClass kind, String base, String quote) {
        boolean dollarBase = CurrencyTable.isDollar(base);
        boolean dollars = CurrencyTable.isDollar(quote);
        if (dollarBase && dollars) {
            return asset(base.concat(quote), kind, PEGGED, 1, "");
        }
        if (dollarBase || CurrencyTable.isKnown(base)) {
            if (dollars || CurrencyTable.isKnown(quote)) {
                return currencies(kind, dollarBase ? "USD" : base, dollars ? "USD" : quote);
            }
        }
        Asset inDollars = coin(base);
        if (dollars) {
            return inDollars;
        }
        return CurrencyTable.isKnown(quote)
                ? converted(inDollars, CurrencyTable.inDollars(quote))
                : crossed(inDollars, coin(quote), base.concat(quote));
    }

    /**
     * A coin or metal priced in a currency: its dollar price converted at the currency's fixed value, so that both move
     * together.
     */
    private static Asset converted(Asset inDollars, double worth) {
        PathParameters p = inDollars.params();
        return new Asset(
                inDollars.name(),
                inDollars.kind(),
                new PathParameters(
                        p.base() / worth, p.volatility(), p.trend(), p.min() / worth, p.max() / worth, p.dailyVolume()),
                QuotePrecision.tick(AssetClass.CRYPTO, p.base() / worth),
                inDollars.lot(),
                inDollars.group());
    }

    /** A coin priced in another coin: a separate path that starts at the ratio of the two dollar prices. */
    private static Asset crossed(Asset first, Asset second, String name) {
        double worth = second.params().base();
        double price = first.params().base() / worth;
        Known crossed = new Known(price, 0.025, 0, price / 8, price * 8, 2e7);
        return asset(name, AssetClass.CRYPTO, crossed, worth, "");
    }

    private static Asset single(AssetClass kind, String base) {
        String name = base.startsWith("^") ? base.substring(1) : base;
        name = name.equals("GSPC") ? "SPX" : name;
        Known known = KNOWN.get(name);
        return known != null ? known(name, kind, known) : unknown(kind, name);
    }

    private static Asset known(String name, AssetClass kind, Known known) {
        return asset(name, kind, known, 1, "");
    }

    /** A coin priced in dollars. */
    private static Asset coin(String code) {
        String name = code.concat(DOLLAR);
        Known own = KNOWN.get(name);
        if (own != null) {
            return asset(name, AssetClass.CRYPTO, own, 1, COINS);
        }
        long key = SplitMix64.named(NAMES, name);
        double base = between(0.02, 200, key, 0);
        Known known = new Known(
                base,
                between(0.035, 0.06, key, 1),
                between(0.0001, 0.0005, key, 2),
                base / 30,
                base * 30,
                between(2e6, 2e8, key, 3));
        return asset(name, AssetClass.CRYPTO, known, 1, COINS);
    }

    private static Asset currencies(AssetClass kind, String base, String quote) {
        String name = base.concat(quote);
        Known own = KNOWN.get(name);
        if (own != null) {
            return known(name, kind, own);
        }
        double worth = CurrencyTable.inDollars(quote);
        double price = CurrencyTable.inDollars(base) / worth;
        long key = SplitMix64.named(NAMES, name);
        Known known = new Known(
                price, between(0.004, 0.008, key, 1), 0, price / 1.8, price * 1.8, between(1e9, 3e10, key, 3));
        return asset(name, kind, known, worth, "");
    }

    private static Asset unknown(AssetClass kind, String name) {
        long key = SplitMix64.named(NAMES, name);
        Known known = switch (kind) {
            case INDEX -> {
                double base = between(800, 25_000, key, 0);
                yield new Known(base, between(0.009, 0.014, key, 1), 0.0002, base / 2.5, base * 2.5, 5e9);
            }
            case COMMODITY -> {
                double base = between(2, 1_500, key, 0);
                yield new Known(base, between(0.012, 0.025, key, 1), 0, base / 3.6, base * 3.6, 3e9);
            }
            case CRYPTO, STOCK, FX -> {
                double base = between(15, 400, key, 0);
                double turnover = between(2e7, 3e9, key, 3);
                yield new Known(base, between(0.013, 0.028, key, 1), 0.0002, base / 4.5, base * 4.5, turnover);
            }
        };
        return asset(name, kind, known, 1, "");
    }

    /** A value between the two, uniformly distributed on a logarithmic scale. */
    private static double between(double low, double high, long key, int draw) {
        double exponent = SplitMix64.unit(SplitMix64.child(key, draw)) * (StrictMath.log(high) - StrictMath.log(low));
        return rounded(low * StrictMath.exp(exponent));
    }

    /** Rounds to four significant digits, because a base price such as 17.3482761 looks artificial. */
    private static double rounded(double value) {
        return new BigDecimal(value).round(FOUR_DIGITS).doubleValue();
    }

    private static Asset asset(String name, AssetClass kind, Known known, double dollarsPerQuote, String group) {
        BigDecimal tick = QuotePrecision.tick(kind, known.base());
        BigDecimal lot = QuotePrecision.lot(kind, known.base() * dollarsPerQuote);
        double lots = known.turnover() / (known.base() * dollarsPerQuote * lot.doubleValue());
        PathParameters params =
                new PathParameters(known.base(), known.volatility(), known.trend(), known.min(), known.max(), lots);
        return new Asset(name, kind, params, tick, lot, group);
    }
}
