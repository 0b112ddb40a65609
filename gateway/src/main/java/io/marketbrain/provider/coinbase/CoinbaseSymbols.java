package io.marketbrain.provider.coinbase;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.SymbolListBuilder;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.List;

/** Coinbase's list of products. Pure. */
final class CoinbaseSymbols {
    private CoinbaseSymbols() {}

    static ProviderRequest request() {
        return ProviderRequest.get("/products");
    }

    static Symbols parse(SymbolRules rules, JsonValue json) throws MalformedPayload {
        var pairs = new SymbolListBuilder();
        for (JsonValue product : json.isArray() ? json.items() : List.of(json)) {
            pairs.addPair(
                    product.at("id").text(),
                    rules.canonicalCode(product.at("base_currency").text()),
                    rules.canonicalCode(product.at("quote_currency").text()),
                    SymbolListBuilder.step(product, "quote_increment"),
                    SymbolListBuilder.step(product, "base_increment"));
        }
        return pairs.build();
    }
}
