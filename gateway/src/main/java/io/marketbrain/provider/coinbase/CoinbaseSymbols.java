package io.marketbrain.provider.coinbase;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.SymbolListBuilder;

/** Coinbase's list of products. Pure. */
final class CoinbaseSymbols {
    private CoinbaseSymbols() {}

    static ProviderRequest request() {
        return ProviderRequest.get("/products");
    }

    static Symbols parse(SymbolsQuery query, JsonValue json) throws MalformedPayload {
        var pairs = new SymbolListBuilder();
        for (JsonValue product : json.items()) {
            pairs.addPair(
                    product.at("id").text(),
                    product.at("base_currency").text(),
                    product.at("quote_currency").text());
        }
        return pairs.build();
    }
}
