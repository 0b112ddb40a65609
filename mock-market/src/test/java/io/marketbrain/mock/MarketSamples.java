package io.marketbrain.mock;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** The markets and instants that the tests of the mock market use. */
public final class MarketSamples {
    public static final long SEED = 42;
    static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    static final Instrument ETH = Instrument.crypto("ETH", "USDT");
    static final Instrument BNB = Instrument.crypto("BNB", "USDT");
    public static final Instrument AAPL = stock("AAPL");
    public static final Instrument EURUSD = new Instrument(AssetType.FX, "EUR", "USD", null, null);
    public static final Instrument WTI = new Instrument(AssetType.COMMODITY, "WTI", "USD", null, null);
    static final Instrument GOLD_IN_EUROS = new Instrument(AssetType.COMMODITY, "XAU", "EUR", null, null);
    static final Instrument PLATINUM = new Instrument(AssetType.COMMODITY, "XPT", "USD", null, null);
    static final Instrument PALLADIUM = new Instrument(AssetType.COMMODITY, "XPD", "USD", null, null);
    static final Instrument GOLD_FUTURE = new Instrument(AssetType.COMMODITY, "GC=F", "USD", null, null);
    static final Instrument SPX = new Instrument(AssetType.INDEX, "SPX", "USD", null, null);
    static final Instrument UNKNOWN_COIN = Instrument.crypto("ZYX", "USDT");
    static final Instrument UNKNOWN_STOCK = stock("QQZ");

    static final List<Instrument> ALL = List.of(BTC, ETH, BNB, AAPL, EURUSD, WTI, SPX, UNKNOWN_COIN, UNKNOWN_STOCK);

    static final List<Instrument> METALS = List.of(GOLD_IN_EUROS, PLATINUM, PALLADIUM, GOLD_FUTURE);

    private MarketSamples() {}

    static Instrument stock(String ticker) {
        return new Instrument(AssetType.STOCK, ticker, "USD", null, null);
    }

    public static Market market(Instrument instrument) {
        return new Market(SEED, AssetCatalog.of(instrument));
    }

    public static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    /** An instant between 1981 and 2099. */
    static long moment(SplittableRandom random) {
        return random.nextLong(millis("1981-01-01T00:00:00Z"), millis("2099-01-01T00:00:00Z"));
    }

    /**
     * A duration in milliseconds between a quarter of a second and two years, uniformly distributed on a logarithmic
     * scale.
     */
    static long length(SplittableRandom random) {
        return (long) Math.exp(random.nextDouble(Math.log(250), Math.log(2 * 365.0 * 86_400_000)));
    }
}
