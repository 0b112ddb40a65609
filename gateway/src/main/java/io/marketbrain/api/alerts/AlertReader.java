package io.marketbrain.api.alerts;

import io.marketbrain.alerts.AlertCondition;
import io.marketbrain.alerts.AlertDraft;
import io.marketbrain.alerts.AlertSubject;
import io.marketbrain.alerts.WebhookTarget;
import io.marketbrain.alerts.rules.DurationText;
import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.alerts.webhook.TargetPolicy;
import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.JsonBody;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.stream.ChannelFinder;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request that creates an alert. Whatever is wrong with it is rejected with the member's name. */
final class AlertReader {
    static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(5);
    static final Duration DEFAULT_AFTER = Duration.ofMinutes(1);
    static final BigDecimal DEFAULT_PERCENT = BigDecimal.valueOf(80);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(7);
    private static final Duration LONGEST_COOLDOWN = Duration.ofDays(365);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal MAX_MOVE = BigDecimal.valueOf(10_000);
    private static final int MAX_NOTE = 200;
    private static final int MAX_BUDGET = 128;
    private static final Pattern ID = Pattern.compile("(?!log$|stream$)[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final String CONDITION = "condition";

    private final SymbolResolver resolver;
    private final ChannelFinder channels;
    private final ProviderCatalog catalogue;
    private final boolean allowPrivateTargets;

    /** @param allowPrivateTargets whether webhooks may name addresses that are not public */
    AlertReader(
            SymbolResolver resolver, ChannelFinder channels, ProviderCatalog catalogue, boolean allowPrivateTargets) {
        this.resolver = resolver;
        this.channels = channels;
        this.catalogue = catalogue;
        this.allowPrivateTargets = allowPrivateTargets;
    }

    AlertDraft read(Request request) throws RequestRejected {
        JsonBody body = JsonBody.of(
                request, "id", "symbol", "provider", "budget", CONDITION, "once", "cooldown", "webhook", "note");
        AlertCondition condition = condition(body);
        AlertSubject subject = subject(body, condition);
        boolean cooling = body.find("cooldown").isPresent();
        Optional<JsonValue> onceValue = body.find("once");
        boolean once = onceValue.isPresent() ? bool("once", onceValue.get()) : !cooling;
        if (once && cooling) {
            throw RequestRejected.invalid(
                    "cooldown", "given", "an alert that fires once has none; leave out one of them");
        }
        // An alert that fires once and is armed again fires at once.
        Duration cooldown =
                once ? Duration.ZERO : duration(body.find("cooldown"), "cooldown", DEFAULT_COOLDOWN, LONGEST_COOLDOWN);
        return new AlertDraft(
                id(body),
                subject,
                condition,
                mode(subject),
                once,
                cooldown,
                webhook(body),
                note(body),
                request.caller().name());
    }

    private static Optional<String> id(JsonBody body) throws RequestRejected {
        Optional<JsonValue> given = body.find("id");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String id = text(given, "id");
        if (!ID.matcher(id).matches()) {
            throw RequestRejected.invalid(
                    "id",
                    EchoedText.of(id),
                    "1 to 64 characters of a-z A-Z 0-9 _ -, a letter first, but not log or stream");
        }
        return Optional.of(id);
    }

    private static AlertCondition condition(JsonBody body) throws RequestRejected {
        JsonValue json = body.find(CONDITION)
                .filter(JsonValue::isObject)
                .orElseThrow(() -> RequestRejected.invalid(
                        CONDITION, "missing", "an object such as {\"type\": \"crosses\", \"price\": \"70000\"}"));
        String type = text(json.find("type"), "condition.type");
        return switch (type) {
            case "crosses" -> {
                only(json, Set.of("type", "price", "direction"));
                BigDecimal price = decimal(json.find("price"), "condition.price", null);
                yield new AlertCondition.Crosses(price, direction(json));
            }
            case "moves" -> {
                only(json, Set.of("type", "percent", "window", "direction"));
                Optional<JsonValue> window = json.find("window");
                if (window.isEmpty()) {
                    throw RequestRejected.invalid("condition.window", "missing", "a duration such as 15m");
                }
                yield new AlertCondition.Moves(
                        percent(json, null, MAX_MOVE),
                        duration(window, "condition.window", LONGEST_WINDOW, LONGEST_WINDOW),
                        direction(json));
            }
            case "stale" -> {
                only(json, Set.of("type", "after"));
                yield new AlertCondition.Stale(
                        duration(json.find("after"), "condition.after", DEFAULT_AFTER, LONGEST_WINDOW));
            }
            case "provider_down" -> {
                only(json, Set.of("type"));
                yield new AlertCondition.ProviderDown();
            }
            case "budget" -> {
                only(json, Set.of("type", "percent"));
                yield new AlertCondition.BudgetSpent(percent(json, DEFAULT_PERCENT, HUNDRED));
            }
            default ->
                throw RequestRejected.invalid(
                        "condition.type", EchoedText.of(type), "one of crosses, moves, stale, provider_down, budget");
        };
    }

    private static void only(JsonValue json, Set<String> known) throws RequestRejected {
        try {
            for (String name : json.members().keySet()) {
                if (!known.contains(name)) {
                    throw RequestRejected.invalid(
                            "condition." + EchoedText.of(name),
                            "a member",
                            "this condition may only have "
                                    + String.join(", ", known.stream().sorted().toList()));
                }
            }
        } catch (MalformedPayload e) {
            throw RequestRejected.malformed(EchoedText.of(String.valueOf(e.getMessage())));
        }
    }

    private AlertSubject subject(JsonBody body, AlertCondition condition) throws RequestRejected {
        String wanted = switch (condition) {
            case AlertCondition.Crosses _, AlertCondition.Moves _, AlertCondition.Stale _ -> "symbol";
            case AlertCondition.ProviderDown _ -> "provider";
            case AlertCondition.BudgetSpent _ -> "budget";
        };
        for (String other : Set.of("symbol", "provider", "budget")) {
            if (!other.equals(wanted) && body.find(other).isPresent()) {
                throw RequestRejected.invalid(
                        other, "given", "an alert of type " + condition.type() + " has a " + wanted + " instead");
            }
        }
        String text = text(body.find(wanted), wanted);
        return switch (condition) {
            case AlertCondition.Crosses _, AlertCondition.Moves _, AlertCondition.Stale _ -> instrument(text);
            case AlertCondition.ProviderDown _ ->
                new AlertSubject.OfProvider(RequestRejected.orReject(catalogue.provider(EchoedText.of(text)))
                        .id());
            case AlertCondition.BudgetSpent _ -> {
                if (text.isEmpty() || text.length() > MAX_BUDGET) {
                    throw RequestRejected.invalid("budget", EchoedText.of(text), "the name of a budget");
                }
                yield new AlertSubject.OfBudget(text);
            }
        };
    }

    private AlertSubject instrument(String text) throws RequestRejected {
        SymbolResolver.Listed listed = RequestRejected.orReject(resolver.findListed(text));
        Channel channel = RequestRejected.orReject(
                channels.find(new Channel(listed.provider(), listed.instrument(), new StreamKind.Quotes())));
        return new AlertSubject.OfInstrument(channel.provider(), channel.instrument());
    }

    /** Where the instrument's data is from now: mock data never stands in for it later. */
    private @Nullable Mode mode(AlertSubject subject) throws RequestRejected {
        return subject instanceof AlertSubject.OfInstrument(var provider, var _)
                ? RequestRejected.orReject(catalogue.provider(provider.value()).map(ProviderInfo::mode))
                : null;
    }

    private Optional<WebhookTarget> webhook(JsonBody body) throws RequestRejected {
        Optional<JsonValue> given = body.find("webhook");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String url = text(given, "webhook");
        Optional<String> problem = WebhookTarget.findProblem(url);
        if (problem.isPresent()) {
            throw RequestRejected.invalid("webhook", "an address", "it must be " + problem.get());
        }
        var target = new WebhookTarget(URI.create(url));
        Optional<String> refusal = allowPrivateTargets ? Optional.empty() : TargetPolicy.findRefusal(target.host());
        if (refusal.isPresent()) {
            throw RequestRejected.invalid(
                    "webhook",
                    target.shown(),
                    "a public address, which this is not: " + refusal.get()
                            + "; the setting alerts.allow_private_targets allows it");
        }
        return Optional.of(target);
    }

    private static String note(JsonBody body) throws RequestRejected {
        Optional<JsonValue> given = body.find("note");
        String note = given.isPresent() ? text(given, "note") : "";
        if (note.length() > MAX_NOTE || note.chars().anyMatch(Character::isISOControl)) {
            throw RequestRejected.invalid(
                    "note", EchoedText.of(note), "up to " + MAX_NOTE + " characters without control characters");
        }
        return note;
    }

    private static PriceDirection direction(JsonValue json) throws RequestRejected {
        Optional<JsonValue> given = json.find("direction");
        if (given.isEmpty()) {
            return PriceDirection.EITHER;
        }
        String text = text(given, "condition.direction");
        return PriceDirection.find(text)
                .orElseThrow(() ->
                        RequestRejected.invalid("condition.direction", EchoedText.of(text), "one of up, down, either"));
    }

    private static BigDecimal percent(JsonValue json, @Nullable BigDecimal otherwise, BigDecimal most)
            throws RequestRejected {
        BigDecimal percent = decimal(json.find("percent"), "condition.percent", otherwise);
        if (percent.signum() <= 0 || percent.compareTo(most) > 0) {
            throw RequestRejected.invalid(
                    "condition.percent",
                    EchoedText.of(percent.toPlainString()),
                    "above 0, up to " + most.toPlainString());
        }
        return percent;
    }

    private static BigDecimal decimal(Optional<JsonValue> given, String name, @Nullable BigDecimal otherwise)
            throws RequestRejected {
        if (given.isEmpty() && otherwise != null) {
            return otherwise;
        }
        try {
            if (given.isPresent()) {
                return given.get().decimal();
            }
        } catch (MalformedPayload e) {
            // falls through to the one message
        }
        throw RequestRejected.invalid(
                name, given.isPresent() ? "not a decimal" : "missing", "a decimal such as \"70000.5\"");
    }

    private static Duration duration(Optional<JsonValue> given, String name, Duration otherwise, Duration longest)
            throws RequestRejected {
        if (given.isEmpty()) {
            return otherwise;
        }
        String text = text(given, name);
        return DurationText.find(text)
                .filter(value -> value.compareTo(SHORTEST) >= 0 && value.compareTo(longest) <= 0)
                .orElseThrow(() -> RequestRejected.invalid(
                        name,
                        EchoedText.of(text),
                        "a duration such as 90s, 15m or 4h, from 1s to " + DurationText.of(longest)));
    }

    static boolean bool(String name, JsonValue given) throws RequestRejected {
        try {
            return given.bool();
        } catch (MalformedPayload e) {
            throw RequestRejected.invalid(name, "another kind of value", "true or false");
        }
    }

    private static String text(Optional<JsonValue> given, String name) throws RequestRejected {
        try {
            if (given.isPresent() && given.get().isText()) {
                return given.get().text();
            }
        } catch (MalformedPayload e) {
            // falls through to the one message
        }
        throw RequestRejected.invalid(name, given.isPresent() ? "another kind of value" : "missing", "a text");
    }
}
