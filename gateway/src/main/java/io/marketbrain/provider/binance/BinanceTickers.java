package io.marketbrain.provider.binance;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.OtherInstrumentPayload;
import java.util.Optional;

/** Finds an instrument's ticker, which Binance sends alone or in a list. Pure. */
final class BinanceTickers {
    private BinanceTickers() {}

    /** The ticker of {@code symbol}; one of another instrument is rejected. */
    static JsonValue of(String symbol, JsonValue json) throws MalformedPayload {
        if (!json.isArray()) {
            if (!json.at("symbol").text().equals(symbol)) {
                throw new OtherInstrumentPayload(symbol);
            }
            return json;
        }
        for (JsonValue ticker : json.items()) {
            if (ticker.at("symbol").text().equals(symbol)) {
                return ticker;
            }
        }
        throw new OtherInstrumentPayload(symbol);
    }

    static JsonValue last(JsonValue ticker) throws MalformedPayload {
        Optional<JsonValue> alone = ticker.find("price");
        return alone.isPresent() ? alone.get() : ticker.at("lastPrice");
    }

    /** Whether the ticker says that nothing is traded: Binance then sends zero for the last price. */
    static boolean isIdle(JsonValue ticker) throws MalformedPayload {
        return last(ticker).priceOrNull() == null;
    }
}
