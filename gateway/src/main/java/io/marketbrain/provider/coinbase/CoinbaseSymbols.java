package io.marketbrain.provider.coinbase;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.provider.ListedPair;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.SymbolDirectory;
import java.util.ArrayList;
import java.util.List;

/** Coinbase's list of products. */
public final class CoinbaseSymbols implements SymbolDirectory {
    @Override
    public ProviderRequest request() {
        return ProviderRequest.get("/products");
    }

    @Override
    public List<ListedPair> parse(RawPayload raw) throws MalformedPayload {
        List<ListedPair> pairs = new ArrayList<>();
        for (JsonValue product : raw.json().items()) {
            pairs.add(new ListedPair(
                    product.at("id").text(),
                    Instrument.crypto(
                            product.at("base_currency").text(),
                            product.at("quote_currency").text())));
        }
        return pairs;
    }
}
