package io.marketbrain.provider.kraken;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.provider.Descriptor;
import io.marketbrain.provider.ListedPair;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.SymbolDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kraken's list of pairs, each under its full name ({@code XXBTZUSD}) and its short one ({@code XBTUSD}). */
public final class KrakenSymbols implements SymbolDirectory {
    private final Descriptor descriptor;

    public KrakenSymbols(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public ProviderRequest request() {
        return ProviderRequest.get("/0/public/AssetPairs");
    }

    @Override
    public List<ListedPair> parse(RawPayload raw) throws MalformedPayload {
        List<ListedPair> pairs = new ArrayList<>();
        JsonValue result = raw.json().at("result");
        for (Map.Entry<String, JsonValue> pair : result.members().entrySet()) {
            String name = pair.getKey();
            // The dark pool's book of a pair is not the pair's market.
            if (!name.endsWith(".d")) {
                Instrument instrument = Instrument.crypto(
                        descriptor
                                .symbols()
                                .canonicalCode(pair.getValue().at("base").text()),
                        descriptor
                                .symbols()
                                .canonicalCode(pair.getValue().at("quote").text()));
                pairs.add(new ListedPair(name, instrument));
                String shortName = pair.getValue().at("altname").text();
                if (!shortName.equals(name)) {
                    pairs.add(new ListedPair(shortName, instrument));
                }
            }
        }
        return pairs;
    }
}
