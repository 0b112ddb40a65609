package io.marketbrain.provider;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.descriptor.AssetChange;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Leaves out candles from before a provider's code began to mean the asset: they are those of another one. Pure. */
final class AssetHistoryPolicy {
    private AssetHistoryPolicy() {}

    /** The result without what belongs to another asset, with a flag that says so if there was any. */
    static QueryResult apply(QueryResult result, SymbolRules symbols) {
        return result.data() instanceof Candles candles
                ? symbols.findChange(candles.listing().instrument())
                        .map(change -> since(change, candles, result))
                        .orElse(result)
                : result;
    }

    private static QueryResult since(AssetChange change, Candles candles, QueryResult result) {
        List<Candle> own = candles.candles().stream()
                .filter(candle -> !candle.openTime().isBefore(change.at()))
                .toList();
        if (own.size() == candles.candles().size()) {
            return result;
        }
        List<QualityFlag> flags = new ArrayList<>(result.provenance().flags());
        flags.add(QualityFlag.historyLimited(
                "older candles are left out, because the code " + change.code() + " meant another asset ("
                        + change.before() + ") before "
                        + change.at().atZone(ZoneOffset.UTC).toLocalDate()));
        return new QueryResult(
                candles.with(own, candles.gaps()), result.provenance().withFlags(flags));
    }
}
