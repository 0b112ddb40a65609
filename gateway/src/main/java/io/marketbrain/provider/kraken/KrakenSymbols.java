package io.marketbrain.provider.kraken;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.SymbolListBuilder;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.Map;

/** Kraken's list of pairs, each under its full name ({@code XXBTZUSD}) and its short one ({@code XBTUSD}). Pure. */
final class KrakenSymbols {
    private KrakenSymbols() {}

    static ProviderRequest request() {
        return ProviderRequest.get("/0/public/AssetPairs");
    }

    static Symbols parse(SymbolRules rules, JsonValue result) throws MalformedPayload {
        var pairs = new SymbolListBuilder();
        for (Map.Entry<String, JsonValue> pair : result.members().entrySet()) {
            String name = pair.getKey();
            // The dark pool's book of a pair is not the pair's market.
            if (!name.endsWith(".d")) {
                String base = rules.canonicalCode(pair.getValue().at("base").text());
                String quote = rules.canonicalCode(pair.getValue().at("quote").text());
                pairs.addPair(name, base, quote);
                String shortName = pair.getValue().at("altname").text();
                if (!shortName.equals(name)) {
                    pairs.addPair(shortName, base, quote);
                }
            }
        }
        return pairs.build();
    }
}
