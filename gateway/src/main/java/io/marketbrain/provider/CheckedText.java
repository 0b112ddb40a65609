package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.model.text.LinkText;
import io.marketbrain.model.text.ProseText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts of a payload, checked before they become part of market data. One that identifies something and breaks its rule
 * makes the payload malformed; prose is cleaned; an address that callers should not follow is left out. Pure.
 */
public final class CheckedText {
    private CheckedText() {}

    /** An identifier that follows {@code rule}. */
    public static String of(IdentifierText rule, JsonValue value) throws MalformedPayload {
        String text = value.text();
        Optional<String> problem = rule.findProblem(text);
        if (problem.isPresent()) {
            throw new MalformedPayload(value + " " + problem.get());
        }
        return text;
    }

    /** The id of a trade, a series or a news item. */
    public static String id(JsonValue value) throws MalformedPayload {
        return of(IdentifierText.ID, value);
    }

    /** Prose as it may be shown. */
    public static String of(ProseText rule, JsonValue value) throws MalformedPayload {
        return rule.clean(value.text());
    }

    /** The member as prose; null where it is absent. */
    public static @Nullable String proseOrNull(ProseText rule, JsonValue json, String name) throws MalformedPayload {
        Optional<JsonValue> value = json.find(name);
        return value.isPresent() ? of(rule, value.get()) : null;
    }

    /** The member as an address; null where it is absent or not one that callers may follow. */
    public static @Nullable String linkOrNull(JsonValue json, String name) throws MalformedPayload {
        Optional<JsonValue> value = json.find(name);
        return value.isPresent() ? LinkText.find(value.get().text()).orElse(null) : null;
    }
}
