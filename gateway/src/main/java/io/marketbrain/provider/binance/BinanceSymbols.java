package io.marketbrain.provider.binance;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.provider.ListedPair;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.SymbolDirectory;
import java.util.ArrayList;
import java.util.List;

/** Binance's list of spot pairs, without those that are not traded and without the long permission sets. */
public final class BinanceSymbols implements SymbolDirectory {
    @Override
    public ProviderRequest request() {
        return ProviderRequest.get("/api/v3/exchangeInfo")
                .with("permissions", "SPOT")
                .with("showPermissionSets", "false")
                .with("symbolStatus", "TRADING")
                .weighing(20);
    }

    @Override
    public List<ListedPair> parse(RawPayload raw) throws MalformedPayload {
        List<ListedPair> pairs = new ArrayList<>();
        JsonValue.forEach(
                raw.body(),
                raw.limits(),
                "symbols",
                item -> pairs.add(new ListedPair(
                        item.at("symbol").text(),
                        Instrument.crypto(
                                item.at("baseAsset").text(),
                                item.at("quoteAsset").text()))));
        return pairs;
    }
}
