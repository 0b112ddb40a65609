package io.marketbrain.facade;

import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The members of an event, or of a part of it, that are texts, such as decimals with their digits. Immutable. */
public final class EventTexts {
    private final Map<String, String> texts = new LinkedHashMap<>();

    public EventTexts(JsonValue object) throws MalformedPayload {
        for (var member : object.members().entrySet()) {
            if (member.getValue().isText()) {
                texts.put(member.getKey(), member.getValue().text());
            }
        }
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    public Optional<BigDecimal> findDecimal(String name) {
        return find(name).map(BigDecimal::new);
    }

    /** Writes a member under another name; null if there is none. */
    public EventTexts put(JsonOutput out, String as, String name) {
        out.name(as);
        out.text(texts.get(name));
        return this;
    }

    /** Writes a decimal as a number with its digits under another name; null if there is none. */
    public EventTexts putNumber(JsonOutput out, String as, String name) {
        out.name(as);
        String digits = texts.get(name);
        if (digits == null) {
            out.nothing();
        } else {
            out.number(digits);
        }
        return this;
    }

    /** The time of an event: that of its data, otherwise when it was received. */
    public static Instant time(JsonValue event) throws MalformedPayload {
        Optional<JsonValue> at = event.find("at").filter(value -> !value.isNull());
        return Instant.parse(
                at.isPresent() ? at.get().text() : event.at("received_at").text());
    }
}
