package io.marketbrain.provider.binance;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.SymbolListBuilder;

/** Binance's list of spot pairs, without those that are not traded and without the long permission sets. Pure. */
final class BinanceSymbols {
    private BinanceSymbols() {}

    static ProviderRequest request() {
        return ProviderRequest.get("/api/v3/exchangeInfo")
                .with("permissions", "SPOT")
                .with("showPermissionSets", "false")
                .with("symbolStatus", "TRADING");
    }

    static Symbols parse(SymbolsQuery query, RawPayload raw) throws MalformedPayload {
        var pairs = new SymbolListBuilder();
        raw.forEach(
                "symbols",
                item -> pairs.addPair(
                        item.at("symbol").text(),
                        item.at("baseAsset").text(),
                        item.at("quoteAsset").text()));
        return pairs.build();
    }
}
