package io.marketbrain.cli.providers;

import io.marketbrain.json.IndentedJson;
import io.marketbrain.payload.CsvFormat;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.descriptor.PayloadKind;
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
 * @param interval the gateway's name of the interval that the sample has, for candles
 * @param fields the paths of the fields, by the names that the gateway uses
 * @param check the path of the value that is the symbol, if there is one
 */
record ProviderDraft(
        String id,
        String name,
        String operation,
        PayloadKind kind,
        CsvFormat csv,
        String symbol,
        Optional<String> interval,
        SampleAddress address,
        SampleScan.Proposal rows,
        SequencedMap<String, List<String>> fields,
        String timeFormat,
        Optional<List<String>> check) {
    private static final int PAGE = 100;

    /** The text of a descriptor. */
    static String text(SequencedMap<String, Object> descriptor) {
        return IndentedJson.of(RequestBody.json(descriptor).text());
    }

    /** The descriptor's members. */
    SequencedMap<String, Object> descriptor() {
        SampleAddress.Request request = address.request(symbol);
        SampleSymbol meant = SampleSymbol.of(symbol);
        var descriptor = new LinkedHashMap<String, Object>();
        descriptor.put("id", id);
        descriptor.put("name", name);
        descriptor.put("exchange", name);
        descriptor.put("base_url", address.base());
        request.key().ifPresent(parameter -> descriptor.put("authentication", authentication(parameter)));
        descriptor.put("asset_types", List.of(meant.type()));
        descriptor.put("zone", "UTC");
        descriptor.put(
                "operations", Map.of(operation, Map.of("payload", kind.name().toLowerCase(Locale.ROOT))));
        interval.ifPresent(name -> descriptor.put("intervals", List.of(name)));
        descriptor.put("limits", limits(request));
        descriptor.put("symbols", meant.rules());
        descriptor.put("mapping", Map.of(operation, mapping(request)));
        descriptor.put("examples", symbol.isEmpty() ? List.of() : List.of(symbol.toUpperCase(Locale.ROOT)));
        return descriptor;
    }

    private Map<String, Object> authentication(String parameter) {
        var authentication = new LinkedHashMap<String, Object>();
        authentication.put("type", "query");
        authentication.put("name", parameter);
        authentication.put("key_setting", id.toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY");
        return authentication;
    }

    private Map<String, Object> limits(SampleAddress.Request request) {
        var limits = new LinkedHashMap<String, Object>();
        if (interval.isPresent()) {
            limits.put("candles_per_call", request.limit().orElse(PAGE));
            limits.put("candle_paging", request.optional().isEmpty() ? "none" : "count");
        }
        return limits;
    }

    private Map<String, Object> mapping(SampleAddress.Request request) {
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
        check.ifPresent(path -> response.put("check", Map.of(String.join(".", path), "{symbol}")));
        if (kind == PayloadKind.CSV && !SampleCsv.key(csv).isEmpty()) {
            response.put("csv", SampleCsv.key(csv));
        }
        var where = new LinkedHashMap<String, Object>();
        where.put("path", written(rows.path()));
        where.put("shape", rows.shape());
        response.put("rows", where);
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

    private static Object written(List<String> path) {
        return path.stream().anyMatch(step -> step.indexOf('.') >= 0) ? path : String.join(".", path);
    }
}
