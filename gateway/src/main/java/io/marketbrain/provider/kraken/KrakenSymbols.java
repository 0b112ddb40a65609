package io.marketbrain.provider.kraken;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.SymbolListBuilder;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kraken's list of pairs, each under its full name ({@code XXBTZUSD}) and its short one ({@code XBTUSD}). Pure. */
final class KrakenSymbols {
    private static final int MOST_PLACES = 18;

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
                BigDecimal tick = tick(pair.getValue());
                BigDecimal lot = places(pair.getValue(), "lot_decimals");
                pairs.addPair(name, base, quote, tick, lot);
                String shortName = pair.getValue().at("altname").text();
                if (!shortName.equals(name)) {
                    pairs.addPair(shortName, base, quote, tick, lot);
                }
            }
        }
        return pairs.build();
    }

    /** The step of prices; in old lists only the number of their decimals. */
    private static @Nullable BigDecimal tick(JsonValue pair) {
        BigDecimal tick = SymbolListBuilder.step(pair, "tick_size");
        return tick == null ? places(pair, "pair_decimals") : tick;
    }

    private static @Nullable BigDecimal places(JsonValue pair, String name) {
        try {
            return BigDecimal.ONE.movePointLeft(Math.clamp(pair.at(name).integer(), 0, MOST_PLACES));
        } catch (MalformedPayload unreadable) {
            return null;
        }
    }
}
