package io.marketbrain.provider.descriptor;

import io.marketbrain.model.Operation;
import io.marketbrain.model.calendar.PublicationSchedule;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.series.SeriesKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which operations a provider offers: a list of names, or an object that gives each its terms, such as {@code
 * "candles": {"weight": 2, "host": "data"}}. Pure.
 */
final class OperationTermsReader {
    private static final String OPERATIONS = "operations";
    private static final int MOST_WEIGHT = 1_000_000;
    private static final int LONGEST_TTL_SECONDS = 30 * 24 * 3600;

    private static final Pattern DELAY = Pattern.compile("([1-9][0-9]{0,3})([smh])");

    private OperationTermsReader() {}

    static Map<Operation, OperationTerms> read(DescriptorObject json, ProviderHosts hosts, String zone) {
        var terms = new EnumMap<Operation, OperationTerms>(Operation.class);
        if (!json.isObject(OPERATIONS)) {
            json.choices(OPERATIONS, Operation.class).forEach(one -> terms.put(one, OperationTerms.USUAL));
            return terms;
        }
        DescriptorObject all = json.object(OPERATIONS);
        for (Operation operation : Operation.values()) {
            all.findObject(operation.wire()).ifPresent(one -> terms.put(operation, terms(operation, one, hosts, zone)));
        }
        all.end();
        return terms;
    }

    private static OperationTerms terms(Operation operation, DescriptorObject json, ProviderHosts hosts, String zone) {
        String host = json.findText("host").orElse(ProviderHosts.MAIN);
        if (!hosts.byName().containsKey(host)) {
            throw json.wrong("host", "is '" + host + "', but there is no such host in 'hosts'");
        }
        RequestMethod method = json.choice("method", RequestMethod.class, RequestMethod.GET);
        boolean repeatable = json.flag("repeatable", method == RequestMethod.GET);
        if (method == RequestMethod.GET && !repeatable) {
            throw json.wrong("repeatable", "must be true for a GET");
        }
        var terms = new OperationTerms(
                json.integer("weight", 1, MOST_WEIGHT, 1),
                host,
                method,
                repeatable,
                json.choice("payload", PayloadKind.class, PayloadKind.JSON),
                Duration.ofSeconds(json.integer("min_ttl_seconds", 0, LONGEST_TTL_SECONDS, 0)),
                operation == Operation.CANDLES ? adjustments(json) : List.of(),
                kinds(operation, json, "kinds"),
                kinds(operation, json, "now_only"),
                json.has("delay")
                        ? json.parsed("delay", OperationTermsReader::delay, "must be a time such as 30s, 15m or 24h")
                        : Duration.ZERO,
                json.findText("published").map(days -> schedule(json, days, zone)));
        if (!terms.kinds().containsAll(terms.nowOnly())) {
            throw json.wrong("now_only", "must name kinds that are in 'kinds'");
        }
        json.end();
        return terms;
    }

    private static Set<SeriesKind> kinds(Operation operation, DescriptorObject json, String name) {
        return operation == Operation.SERIES && json.has(name)
                ? Set.copyOf(json.choices(name, SeriesKind.class))
                : Set.of();
    }

    private static PublicationSchedule schedule(DescriptorObject json, String days, String zone) {
        return PublicationSchedule.find(days, zone)
                .orElseThrow(() -> json.wrong("published", "must be euro_system or weekdays"));
    }

    /** {@code "adjustment": "splits"}, or a list whose first item is the default. */
    private static List<Adjustment> adjustments(DescriptorObject json) {
        if (!json.has("adjustment")) {
            return List.of();
        }
        List<Adjustment> kinds = json.choices("adjustment", Adjustment.class);
        if (kinds.isEmpty() || Set.copyOf(kinds).size() != kinds.size()) {
            throw json.wrong("adjustment", "must name at least one kind, and each once");
        }
        return kinds;
    }

    private static Duration delay(String text) {
        Matcher parts = DELAY.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
