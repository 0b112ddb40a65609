package io.marketbrain.cli.providers;

import io.marketbrain.json.IndentedJson;
import io.marketbrain.payload.CsvFormat;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.descriptor.PayloadKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a new descriptor is written from.
 *
 * @param csv how a table is written
 * @param symbol the symbol in the sample's address
 * @param meant what the symbol seems to be
 * @param interval the gateway's name of the interval that the sample has, for candles
 * @param fields the paths of the fields, by the names that the gateway uses
 * @param timeShown a time of the sample; empty without times
 * @param check the key {@code check} of the response; empty if there is none
 */
record ProviderDraft(
        String id,
        String name,
        String operation,
        PayloadKind kind,
        CsvFormat csv,
        String symbol,
        SampleSymbol meant,
        SampleAddress.Request request,
        Optional<String> interval,
        SampleScan.Proposal rows,
        SequencedMap<String, List<String>> fields,
        String timeFormat,
        String timeShown,
        Map<String, String> check) {
    private static final int PAGE = 100;

    /** Why no descriptor is written. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }

    /** The text of a descriptor. */
    static String text(SequencedMap<String, Object> descriptor) {
        return IndentedJson.of(RequestBody.json(descriptor).text());
    }

    /** Whether times have neither a zone nor an offset. */
    boolean hasTimesWithoutZone() {
        return TimeGuess.hasNoZone(timeFormat, timeShown);
    }

    /** The descriptor's members. */
    SequencedMap<String, Object> descriptor() {
        var descriptor = new LinkedHashMap<String, Object>();
        descriptor.put("id", id);
        descriptor.put("name", name);
        descriptor.put("exchange", name);
        descriptor.put("base_url", request.base());
        request.key().ifPresent(parameter -> descriptor.put("authentication", authentication(parameter)));
        descriptor.put("asset_types", List.of(meant.type()));
        descriptor.put("zone", "UTC");
        descriptor.put(
                "operations", Map.of(operation, Map.of("payload", kind.name().toLowerCase(Locale.ROOT))));
        interval.ifPresent(name -> descriptor.put("intervals", List.of(name)));
        descriptor.put("limits", limits());
        descriptor.put("symbols", meant.rules());
        descriptor.put("mapping", Map.of(operation, mapping()));
        descriptor.put("examples", List.of(symbol.toUpperCase(Locale.ROOT)));
        return descriptor;
    }

    private Map<String, Object> authentication(String parameter) {
        var authentication = new LinkedHashMap<String, Object>();
        authentication.put("type", "query");
        authentication.put("name", parameter);
        authentication.put("key_setting", id.toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY");
        return authentication;
    }

    private Map<String, Object> limits() {
        var limits = new LinkedHashMap<String, Object>();
        if (interval.isPresent()) {
            limits.put("candles_per_call", request.limit().orElse(PAGE));
            limits.put("candle_paging", request.optional().isEmpty() ? "none" : "count");
        }
        return limits;
    }

    private Map<String, Object> mapping() {
        var asked = new LinkedHashMap<String, Object>();
        asked.put("path", request.path());
        if (!request.query().isEmpty()) {
            asked.put("query", request.query());
        }
        if (!request.optional().isEmpty()) {
            asked.put("optional", request.optional());
            asked.put(
                    "time",
                    Map.of("format", request.time().flatMap(TimeGuess::of).orElse("millis")));
        }
        if (interval.isPresent() && request.interval().isPresent()) {
            asked.put("intervals", Map.of(interval.get(), request.interval().get()));
        }
        var response = new LinkedHashMap<String, Object>();
        if (!check.isEmpty()) {
            response.put("check", check);
        }
        if (kind == PayloadKind.CSV && !SampleCsv.key(csv).isEmpty()) {
            response.put("csv", SampleCsv.key(csv));
        }
        var where = new LinkedHashMap<String, Object>();
        where.put("path", joined(named(rows.path(), rows.path().size(), symbol)));
        where.put("shape", rows.shape());
        if (!rows.where().isEmpty()) {
            where.put("where", rows.where());
        }
        response.put("rows", where);
        if (rows.newest()) {
            response.put("pick", "newest");
        }
        var mapped = new LinkedHashMap<String, Object>();
        fields.forEach((field, path) -> mapped.put(field, field(field, path)));
        response.put("fields", mapped);
        var mapping = new LinkedHashMap<String, Object>();
        mapping.put("request", asked);
        mapping.put("response", response);
        return mapping;
    }

    private Object field(String field, List<String> path) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("path", written(path));
        if (field.equals("time")) {
            rule.put("format", timeFormat);
            return rule;
        }
        boolean required = operation.equals("quote") ? field.equals("price") : !field.equals("volume");
        if (required) {
            return written(path);
        }
        rule.put("optional", true);
        return rule;
    }

    private Object written(List<String> path) {
        return joined(named(path, path.size() - 1, symbol));
    }

    /** A path whose first steps are for any symbol. */
    static List<String> named(List<String> path, int steps, String symbol) {
        List<String> named = new ArrayList<>(path);
        named.subList(0, Math.max(0, steps))
                .replaceAll(step -> step.equals(symbol) ? SampleAddress.placeholder(symbol) : step);
        return named;
    }

    private static Object joined(List<String> path) {
        return path.stream().anyMatch(step -> step.indexOf('.') >= 0) ? path : String.join(".", path);
    }
}
