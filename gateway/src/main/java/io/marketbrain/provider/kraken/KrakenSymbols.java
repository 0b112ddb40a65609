package io.marketbrain.provider.kraken;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kraken's list of pairs, each under its full name ({@code XXBTZUSD}) and its short one ({@code XBTUSD}). Pure. */
final class KrakenSymbols {
    private KrakenSymbols() {}

    static ProviderRequest request() {
        return ProviderRequest.get("/0/public/AssetPairs");
    }

    static Symbols parse(SymbolRules rules, JsonValue result) throws MalformedPayload {
        List<ListedSymbol> pairs = new ArrayList<>();
        for (Map.Entry<String, JsonValue> pair : result.members().entrySet()) {
            String name = pair.getKey();
            // The dark pool's book of a pair is not the pair's market.
            if (!name.endsWith(".d")) {
                Instrument instrument = Instrument.crypto(
                        rules.canonicalCode(pair.getValue().at("base").text()),
                        rules.canonicalCode(pair.getValue().at("quote").text()));
                pairs.add(new ListedSymbol(name, instrument));
                String shortName = pair.getValue().at("altname").text();
                if (!shortName.equals(name)) {
                    pairs.add(new ListedSymbol(shortName, instrument));
                }
            }
        }
        return new Symbols(pairs);
    }
}
