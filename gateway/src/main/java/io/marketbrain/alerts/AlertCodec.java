package io.marketbrain.alerts;

import static io.marketbrain.alerts.FiringJson.text;

import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The entries of the journal as JSON objects, one a line. Reading fails with MalformedPayload, whatever the line has in it. */
final class AlertCodec {
    private AlertCodec() {}

    /** The line of an entry, without a line end. */
    static String line(AlertEntry entry) {
        var out = new JsonOutput();
        out.startObject();
        switch (entry) {
            case AlertEntry.Saved(var alert) -> {
                out.name("saved");
                out.startObject();
                write(out, alert);
                out.endObject();
            }
            case AlertEntry.Removed(var id) -> text(out, "removed", id);
            case AlertEntry.Fired(var firing, var pending) -> {
                out.name("fired");
                out.startObject();
                FiringJson.write(out, firing);
                out.endObject();
                out.name("pending");
                out.bool(pending);
            }
            case AlertEntry.Ended(var alert, var key, var delivered, var attempts, var at, var detail) -> {
                text(out, "ended", key);
                text(out, "alert", alert);
                out.name("delivered");
                out.bool(delivered);
                out.name("attempts");
                out.number(attempts);
                text(out, "at", at.toString());
                text(out, "detail", detail);
            }
        }
        out.endObject();
        return new String(out.finish(), StandardCharsets.UTF_8);
    }

    static AlertEntry read(String line) throws MalformedPayload {
        try {
            JsonValue json = JsonValue.parse(line.getBytes(StandardCharsets.UTF_8));
            Optional<JsonValue> saved = json.find("saved");
            if (saved.isPresent()) {
                return new AlertEntry.Saved(alert(saved.get()));
            }
            Optional<JsonValue> fired = json.find("fired");
            if (fired.isPresent()) {
                return new AlertEntry.Fired(
                        FiringJson.read(fired.get()), json.at("pending").bool());
            }
            Optional<JsonValue> removed = json.find("removed");
            if (removed.isPresent()) {
                return new AlertEntry.Removed(removed.get().text());
            }
            return new AlertEntry.Ended(
                    json.at("alert").text(),
                    json.at("ended").text(),
                    json.at("delivered").bool(),
                    Math.toIntExact(json.at("attempts").integer()),
                    Instant.parse(json.at("at").text()),
                    json.at("detail").text());
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw new MalformedPayload("is not an entry of the journal: " + e.getMessage());
        }
    }

    private static void write(JsonOutput out, Alert alert) {
        text(out, "id", alert.id());
        out.name("subject");
        out.startObject();
        write(out, alert.subject());
        out.endObject();
        out.name("condition");
        out.startObject();
        write(out, alert.condition());
        out.endObject();
        if (alert.mode() != null) {
            text(out, "mode", alert.mode().wire());
        }
        out.name("once");
        out.bool(alert.once());
        text(out, "cooldown", alert.cooldown().toString());
        alert.webhook().ifPresent(target -> text(out, "webhook", target.uri().toString()));
        text(out, "note", alert.note());
        text(out, "owner", alert.owner());
        text(out, "created_at", alert.createdAt().toString());
        out.name("paused");
        out.bool(alert.paused());
        AlertProgress progress = alert.progress();
        out.name("fired");
        out.number(progress.fired());
        out.name("done");
        out.bool(progress.done());
        if (progress.lastFiredAt() != null) {
            text(out, "last_fired_at", progress.lastFiredAt().toString());
        }
        if (progress.lastPrice() != null && progress.lastMode() != null) {
            text(out, "last_price", progress.lastPrice().toPlainString());
            text(out, "last_mode", progress.lastMode().wire());
        }
    }

    private static void write(JsonOutput out, AlertSubject subject) {
        switch (subject) {
            case AlertSubject.OfInstrument(var provider, var instrument) -> {
                text(out, "provider", provider.value());
                text(out, "type", instrument.type().name());
                text(out, "base", instrument.base());
                text(out, "quote", instrument.quote());
                if (instrument.settle() != null) {
                    text(out, "settle", instrument.settle());
                }
                if (instrument.mic() != null) {
                    text(out, "mic", instrument.mic());
                }
                if (instrument.expiry() != null) {
                    text(out, "expiry", instrument.expiry().toString());
                }
                if (instrument.rolling() != null) {
                    text(out, "rolling", instrument.rolling());
                }
            }
            case AlertSubject.OfProvider(var provider) -> text(out, "provider", provider.value());
            case AlertSubject.OfBudget(var budget) -> text(out, "budget", budget);
        }
    }

    private static void write(JsonOutput out, AlertCondition condition) {
        text(out, "type", condition.type());
        switch (condition) {
            case AlertCondition.Crosses(var price, var direction) -> {
                text(out, "price", price.toPlainString());
                text(out, "direction", direction.wire());
            }
            case AlertCondition.Moves(var percent, var window, var direction) -> {
                text(out, "percent", percent.toPlainString());
                text(out, "window", window.toString());
                text(out, "direction", direction.wire());
            }
            case AlertCondition.Stale(var after) -> text(out, "after", after.toString());
            case AlertCondition.ProviderDown() -> {}
            case AlertCondition.BudgetSpent(var percent) -> text(out, "percent", percent.toPlainString());
        }
    }

    private static Alert alert(JsonValue json) throws MalformedPayload {
        String webhook = textOrNull(json, "webhook");
        String fired = textOrNull(json, "last_fired_at");
        String price = textOrNull(json, "last_price");
        return new Alert(
                json.at("id").text(),
                subject(json.at("subject")),
                condition(json.at("condition")),
                mode(json, "mode"),
                json.at("once").bool(),
                Duration.parse(json.at("cooldown").text()),
                Optional.ofNullable(webhook).map(URI::create).map(WebhookTarget::new),
                json.at("note").text(),
                json.at("owner").text(),
                Instant.parse(json.at("created_at").text()),
                json.at("paused").bool(),
                new AlertProgress(
                        json.at("fired").integer(),
                        fired == null ? null : Instant.parse(fired),
                        json.at("done").bool(),
                        price == null ? null : new BigDecimal(price),
                        mode(json, "last_mode")));
    }

    private static AlertSubject subject(JsonValue json) throws MalformedPayload {
        String budget = textOrNull(json, "budget");
        if (budget != null) {
            return new AlertSubject.OfBudget(budget);
        }
        var provider = new ProviderId(json.at("provider").text());
        String base = textOrNull(json, "base");
        if (base == null) {
            return new AlertSubject.OfProvider(provider);
        }
        String expiry = textOrNull(json, "expiry");
        return new AlertSubject.OfInstrument(
                provider,
                new Instrument(
                        AssetType.valueOf(json.at("type").text()),
                        base,
                        json.at("quote").text(),
                        textOrNull(json, "settle"),
                        textOrNull(json, "mic"),
                        expiry == null ? null : LocalDate.parse(expiry),
                        textOrNull(json, "rolling")));
    }

    private static AlertCondition condition(JsonValue json) throws MalformedPayload {
        return switch (json.at("type").text()) {
            case "crosses" -> new AlertCondition.Crosses(json.at("price").decimal(), direction(json));
            case "moves" ->
                new AlertCondition.Moves(
                        json.at("percent").decimal(),
                        Duration.parse(json.at("window").text()),
                        direction(json));
            case "stale" ->
                new AlertCondition.Stale(Duration.parse(json.at("after").text()));
            case "provider_down" -> new AlertCondition.ProviderDown();
            case "budget" -> new AlertCondition.BudgetSpent(json.at("percent").decimal());
            case String other -> throw new MalformedPayload("has an unknown condition " + other);
        };
    }

    private static PriceDirection direction(JsonValue json) throws MalformedPayload {
        return PriceDirection.find(json.at("direction").text())
                .orElseThrow(() -> new IllegalArgumentException("unknown direction"));
    }

    private static @Nullable Mode mode(JsonValue json, String name) throws MalformedPayload {
        String wire = textOrNull(json, name);
        return wire == null ? null : FiringJson.mode(wire);
    }

    private static @Nullable String textOrNull(JsonValue json, String name) throws MalformedPayload {
        Optional<JsonValue> value = json.find(name);
        return value.isPresent() ? value.get().text() : null;
    }
}
