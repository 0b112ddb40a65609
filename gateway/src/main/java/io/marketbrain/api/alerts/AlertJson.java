package io.marketbrain.api.alerts;

import io.marketbrain.alerts.Alert;
import io.marketbrain.alerts.AlertCondition;
import io.marketbrain.alerts.AlertLogEntry;
import io.marketbrain.alerts.AlertSubject;
import io.marketbrain.alerts.Firing;
import io.marketbrain.alerts.WebhookTarget;
import io.marketbrain.alerts.rules.DurationText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.model.Mode;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import java.util.Locale;
import java.util.Optional;

/** Alerts and their log as JSON. The addresses of webhooks are shown without what may be a secret, and to administrators only. */
final class AlertJson {
    private AlertJson() {}

    static void write(JsonDocument json, Alert alert, Optional<FeedState> feed, boolean admin) {
        json.put("id", alert.id()).put("subject", alert.subject().wire());
        if (alert.subject() instanceof AlertSubject.OfInstrument(var provider, var instrument)) {
            json.put("provider", provider.value()).put("instrument", instrument.unified());
        }
        json.child("condition", condition -> write(condition, alert.condition()))
                .put("state", alert.state())
                .put("once", alert.once())
                .put("cooldown", alert.once() ? null : DurationText.of(alert.cooldown()))
                .put("note", alert.note())
                .put("created_at", alert.createdAt())
                .put("fired", alert.progress().fired())
                .put("last_fired_at", alert.progress().lastFiredAt());
        Mode mode = alert.mode();
        if (mode != null) {
            json.put("mode", mode.wire())
                    .put(
                            "feed",
                            feed.map(state -> state.name().toLowerCase(Locale.ROOT))
                                    .orElse(null));
        }
        if (admin) {
            json.put("webhook", alert.webhook().map(WebhookTarget::shown).orElse(null))
                    .put("owner", alert.owner());
        }
    }

    private static void write(JsonDocument json, AlertCondition condition) {
        json.put("type", condition.type());
        switch (condition) {
            case AlertCondition.Crosses(var price, var direction) ->
                json.put("price", price).put("direction", direction.wire());
            case AlertCondition.Moves(var percent, var window, var direction) ->
                json.put("percent", percent)
                        .put("window", DurationText.of(window))
                        .put("direction", direction.wire());
            case AlertCondition.Stale(var after) -> json.put("after", DurationText.of(after));
            case AlertCondition.ProviderDown() -> {}
            case AlertCondition.BudgetSpent(var percent) -> json.put("percent", percent);
        }
    }

    static void write(JsonDocument json, AlertLogEntry entry) {
        json.put("seq", entry.seq()).put("at", entry.at()).put("alert", entry.alert());
        switch (entry) {
            case AlertLogEntry.Fired(var _, var firing) ->
                json.put("event", "fired").child("firing", child -> write(child, firing));
            case AlertLogEntry.Tried tried ->
                json.put("event", "delivery")
                        .put("firing_id", tried.key())
                        .put("outcome", tried.outcome())
                        .put("attempts", (long) tried.attempts())
                        .put("detail", tried.detail());
        }
    }

    /** The members that a webhook has as well. */
    static void write(JsonDocument json, Firing firing) {
        json.put("id", firing.key())
                .put("alert", firing.alert())
                .put("number", firing.number())
                .put("at", firing.at())
                .put("type", firing.type())
                .put("subject", firing.subject());
        Mode mode = firing.mode();
        if (mode != null) {
            json.put("mode", mode.wire()).put("mock", mode == Mode.MOCK);
        }
        if (firing.price() != null && firing.direction() != null) {
            json.put("price", firing.price())
                    .put("previous_price", firing.previousPrice())
                    .put("direction", firing.direction().wire())
                    .put("after_gap", firing.afterGap());
        }
        json.put("text", firing.text()).put("note", firing.note());
    }
}
