package io.marketbrain.mock;

import io.marketbrain.model.Instrument;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All markets of one seed, created on first use; configured assets take precedence over the built-in ones. Keeps at
 * most {@code maxMarkets} of them in memory. Thread-safe.
 */
public final class Markets {
    private final long seed;
    private final int maxMarkets;
    private final Map<String, CustomAsset> customAssets = new TreeMap<>();
    private final Map<Asset, Market> ready = new ConcurrentHashMap<>();

    /** The same markets by what they were asked for, because an asset takes longer to find than its market. */
    private final Map<Requested, Market> found = new ConcurrentHashMap<>();

    private record Requested(Instrument instrument, Optional<BigDecimal> tick) {}

    /** @param maxMarkets the most markets kept ready; above that all are dropped, and computed again on demand */
    public Markets(long seed, int maxMarkets, Map<String, CustomAsset> assets) {
        this.seed = seed;
        this.maxMarkets = maxMarkets;
        assets.forEach((name, asset) -> customAssets.put(canonical(name), asset));
    }

    /** The market of an instrument, with the given tick size if there is one. */
    public Market of(Instrument instrument, Optional<BigDecimal> tick) {
        var requested = new Requested(instrument, tick);
        Market known = found.get(requested);
        if (known != null) {
            return known;
        }
        Asset asset = asset(instrument);
        Market market = of(tick.isEmpty() ? asset : asset.withTick(tick.get()));
        if (found.size() >= maxMarkets) {
            found.clear();
        }
        found.put(requested, market);
        return market;
    }

    /** A path by name that moves around a base, from half of it to twice as much, in multiples of a step: of what is not traded. */
    public Market path(String name, double base, BigDecimal step) {
        var params = new PathParameters(base, 0.05, 0, base / 2, base * 2, 1e6);
        return of(new Asset(name, AssetClass.CRYPTO, params, step, BigDecimal.ONE, ""));
    }

    Market of(Asset asset) {
        Market market = ready.get(asset);
        if (market != null) {
            return market;
        }
        if (ready.size() >= maxMarkets) {
            ready.clear();
            found.clear();
        }
        return ready.computeIfAbsent(asset, _ -> new Market(seed, asset));
    }

    private Asset asset(Instrument instrument) {
        if (!customAssets.isEmpty()) {
            for (String name : List.of(instrument.base() + instrument.quote(), instrument.base())) {
                String canonical = canonical(name);
                CustomAsset custom = customAssets.get(canonical);
                if (custom != null) {
                    return custom.asset(canonical);
                }
            }
        }
        return AssetCatalog.of(instrument);
    }

    /** The metal, commodity or index that a future follows, named by its root with or without {@code =F}; empty if it is not known. */
    public static Optional<String> findUnderlying(String future) {
        return AssetCatalog.findUnderlying(future);
    }

    /**
     * The name in upper case without the separators that providers put between base and quote: {@code BTC/USDT} and
     * {@code BTC-USDT} are the same.
     */
    public static String canonical(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'a' && c <= 'z') {
                letters.append((char) (c - 'a' + 'A'));
            } else if (c != '/' && c != '-' && c != '_' && c != ' ') {
                letters.append(c);
            }
        }
        return letters.toString();
    }
}
