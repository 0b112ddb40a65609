package io.marketbrain.provider.coinbase;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.provider.ProviderRequest;
import java.util.ArrayList;
import java.util.List;

/** Coinbase's list of products. Pure. */
final class CoinbaseSymbols {
    private CoinbaseSymbols() {}

    static ProviderRequest request() {
        return ProviderRequest.get("/products");
    }

    static Symbols parse(SymbolsQuery query, JsonValue json) throws MalformedPayload {
        List<ListedSymbol> pairs = new ArrayList<>();
        for (JsonValue product : json.items()) {
            pairs.add(new ListedSymbol(
                    product.at("id").text(),
                    Instrument.crypto(
                            product.at("base_currency").text(),
                            product.at("quote_currency").text())));
        }
        return new Symbols(pairs);
    }
}
