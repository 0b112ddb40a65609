package io.marketbrain.provider.mock;

import io.marketbrain.model.Instrument;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All markets of one seed, made when first asked for: the owner's own assets before the known ones. Keeps a limited
 * number of them ready. Thread-safe.
 */
final class Markets {
    private final long seed;
    private final int most;
    private final Map<String, MockAsset> owned = new TreeMap<>();
    private final Map<Asset, Market> ready = new ConcurrentHashMap<>();

    Markets(MockConfig config) {
        this.seed = config.seed();
        this.most = config.maxMarkets();
        config.assets().forEach((name, asset) -> owned.put(canonical(name), asset));
    }

    /** The market of an instrument, in a tick of the asker's where there is one. */
    Market of(Instrument instrument, Optional<BigDecimal> tick) {
        Asset asset = asset(instrument);
        return of(tick.isEmpty() ? asset : asset.withTick(tick.get()));
    }

    Market of(Asset asset) {
        Market market = ready.get(asset);
        if (market != null) {
            return market;
        }
        if (ready.size() >= most) {
            ready.clear();
        }
        return ready.computeIfAbsent(asset, _ -> new Market(seed, asset));
    }

    private Asset asset(Instrument instrument) {
        if (!owned.isEmpty()) {
            for (String name : List.of(instrument.base() + instrument.quote(), instrument.base())) {
                String canonical = canonical(name);
                MockAsset own = owned.get(canonical);
                if (own != null) {
                    return own.asset(canonical);
                }
            }
        }
        return Assets.of(instrument);
    }

    /** The name without what providers put between base and quote: {@code BTC/USDT} and {@code BTC-USDT} are one. */
    static String canonical(String name) {
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
