package io.marketbrain.alerts;

import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Mode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A firing as JSON: what webhooks receive, and what the journal keeps. */
public final class FiringJson {
    private FiringJson() {}

    /** The body of a webhook, in UTF-8. */
    public static byte[] body(Firing firing) {
        var out = new JsonOutput();
        out.startObject();
        write(out, firing);
        out.endObject();
        return out.finish();
    }

    static void write(JsonOutput out, Firing firing) {
        text(out, "id", firing.key());
        text(out, "alert", firing.alert());
        out.name("number");
        out.number(firing.number());
        text(out, "at", firing.at().toString());
        text(out, "type", firing.type());
        text(out, "subject", firing.subject());
        Mode mode = firing.mode();
        if (mode != null) {
            text(out, "mode", mode.wire());
            out.name("mock");
            out.bool(mode == Mode.MOCK);
        }
        if (firing.price() != null && firing.previousPrice() != null && firing.direction() != null) {
            text(out, "price", firing.price().toPlainString());
            text(out, "previous_price", firing.previousPrice().toPlainString());
            text(out, "direction", firing.direction().wire());
            out.name("after_gap");
            out.bool(firing.afterGap());
        }
        text(out, "text", firing.text());
        text(out, "note", firing.note());
    }

    static Firing read(JsonValue json) throws MalformedPayload {
        Optional<JsonValue> mode = json.find("mode");
        Optional<JsonValue> price = json.find("price");
        Optional<JsonValue> previous = json.find("previous_price");
        Optional<JsonValue> direction = json.find("direction");
        Optional<JsonValue> gap = json.find("after_gap");
        return new Firing(
                json.at("alert").text(),
                json.at("number").integer(),
                Instant.parse(json.at("at").text()),
                json.at("type").text(),
                json.at("subject").text(),
                mode.isPresent() ? mode(mode.get().text()) : null,
                price.isPresent() ? price.get().decimal() : null,
                previous.isPresent() ? previous.get().decimal() : null,
                direction.isPresent()
                        ? PriceDirection.find(direction.get().text()).orElse(null)
                        : null,
                gap.isPresent() && gap.get().bool(),
                json.at("text").text(),
                json.at("note").text());
    }

    static Mode mode(String wire) {
        return Mode.valueOf(wire.toUpperCase(Locale.ROOT));
    }

    static void text(JsonOutput out, String name, String value) {
        out.name(name);
        out.text(value);
    }
}
