package io.marketbrain.provider;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.provider.descriptor.AssetChange;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Leaves out candles from before a provider's code began to mean the asset: they are those of another one. Pure. */
final class AssetHistoryPolicy {
    private AssetHistoryPolicy() {}

    /**
     * Data without what belongs to another asset.
     *
     * @param flags one that says what was left out; none if nothing was
     */
    record Kept(MarketData data, List<QualityFlag> flags) {}

    static Kept apply(MarketData data, SymbolRules symbols) {
        if (data instanceof Candles candles) {
            Optional<AssetChange> change = symbols.findChange(candles.listing().instrument());
            if (change.isPresent()) {
                return since(change.get(), candles);
            }
        }
        return new Kept(data, List.of());
    }

    private static Kept since(AssetChange change, Candles candles) {
        List<Candle> own = candles.candles().stream()
                .filter(candle -> !candle.openTime().isBefore(change.at()))
                .toList();
        if (own.size() == candles.candles().size()) {
            return new Kept(candles, List.of());
        }
        return new Kept(
                new Candles(candles.listing(), candles.interval(), own, candles.gaps(), candles.asOf()),
                List.of(new QualityFlag(
                        "history_limited",
                        "older candles are left out, because the code " + change.code() + " meant another asset ("
                                + change.before() + ") before "
                                + change.at().atZone(ZoneOffset.UTC).toLocalDate())));
    }
}
