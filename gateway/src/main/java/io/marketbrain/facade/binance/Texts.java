package io.marketbrain.facade.binance;

import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The members of an object that are texts, such as decimals with their digits. Immutable. */
final class Texts {
    private final Map<String, String> texts = new LinkedHashMap<>();

    Texts(JsonValue object) throws MalformedPayload {
        for (var member : object.members().entrySet()) {
            if (member.getValue().isText()) {
                texts.put(member.getKey(), member.getValue().text());
            }
        }
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** Writes a member under another name; null if there is none. */
    Texts put(JsonOutput out, String as, String name) {
        BinanceJson.text(out, as, texts.get(name));
        return this;
    }
}
