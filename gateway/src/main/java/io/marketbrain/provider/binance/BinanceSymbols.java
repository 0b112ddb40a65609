package io.marketbrain.provider.binance;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.SymbolListBuilder;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Binance's list of spot pairs, without those that are not traded and without the long permission sets. Pure. */
final class BinanceSymbols {
    private BinanceSymbols() {}

    static ProviderRequest request() {
        return ProviderRequest.get("/api/v3/exchangeInfo")
                .with("permissions", "SPOT")
                .with("showPermissionSets", "false")
                .with("symbolStatus", "TRADING");
    }

    static Symbols parse(SymbolRules rules, RawPayload raw) throws MalformedPayload {
        var pairs = new SymbolListBuilder();
        raw.forEach(
                "symbols",
                item -> pairs.addPair(
                        item.at("symbol").text(),
                        rules.canonicalCode(item.at("baseAsset").text()),
                        rules.canonicalCode(item.at("quoteAsset").text()),
                        step(item, "PRICE_FILTER", "tickSize"),
                        step(item, "LOT_SIZE", "stepSize")));
        return pairs.build();
    }

    /** A step that one of the filters of a pair has. */
    private static @Nullable BigDecimal step(JsonValue pair, String type, String name) {
        try {
            for (JsonValue filter : pair.at("filters").items()) {
                if (type.equals(filter.at("filterType").text())) {
                    return SymbolListBuilder.step(filter, name);
                }
            }
        } catch (MalformedPayload unreadable) {
            // The pair counts without its steps.
        }
        return null;
    }
}
