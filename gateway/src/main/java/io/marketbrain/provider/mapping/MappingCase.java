package io.marketbrain.provider.mapping;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.request.QueryValues;
import io.marketbrain.provider.mapping.response.FieldNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The operations that are requested or answered in another way for some instruments, intervals or series.
 *
 * @param types the types that it is for; empty for all
 * @param intervals the intervals of candles that it is for; empty for all
 * @param bases the codes of the assets or currencies that it is for; empty for all
 * @param quotes the codes of the assets or currencies that prices are in; empty for all
 * @param ids the ids of the series that it is for; empty for all
 * @param operations the operations that differ
 * @param unsupported the operations that the provider does not have for these instruments
 * @param renamed fields of all operations that mean others for these instruments, by the gateway's names
 */
record MappingCase(
        Set<AssetType> types,
        Set<Interval> intervals,
        Set<String> bases,
        Set<String> quotes,
        Set<String> ids,
        OperationMappings operations,
        Set<Operation> unsupported,
        Map<String, String> renamed) {

    /** {@code {"types": ["crypto"], "quote": …, "unsupported": ["news"]}} or {@code {"intervals": ["1m"], "candles": …}}. */
    static MappingCase read(Descriptor descriptor, DescriptorObject json, List<OperationMappings> others) {
        Set<AssetType> types = json.has("types") ? Set.copyOf(json.choices("types", AssetType.class)) : Set.of();
        Set<Interval> intervals = intervals(json);
        Set<String> bases = codes(json, "bases");
        Set<String> quotes = codes(json, "quotes");
        Set<String> ids = codes(json, "ids");
        if (types.isEmpty() && intervals.isEmpty() && bases.isEmpty() && quotes.isEmpty() && ids.isEmpty()) {
            throw json.wrong("types", "or 'intervals', 'bases', 'quotes' or 'ids' must say what the case is for");
        }
        OperationMappings operations = OperationMappings.readSome(descriptor, json);
        Set<Operation> unsupported =
                json.has("unsupported") ? Set.copyOf(json.choices("unsupported", Operation.class)) : Set.of();
        Map<String, String> renamed = json.findObject("renamed")
                .map(names -> renamed(
                        names,
                        descriptor,
                        Stream.concat(others.stream(), Stream.of(operations))
                                .flatMap(OperationMappings::all)
                                .toList()))
                .orElse(Map.of());
        json.end();
        return new MappingCase(types, intervals, bases, quotes, ids, operations, unsupported, renamed);
    }

    private static Set<String> codes(DescriptorObject json, String key) {
        return json.has(key) ? Set.copyOf(json.texts(key)) : Set.of();
    }

    /** The fields that mean others, each a name that operations have and the free name of an optional field. */
    private static Map<String, String> renamed(
            DescriptorObject json, Descriptor descriptor, List<OperationMapping> mappings) {
        var renamed = new HashMap<String, String>();
        for (String name : json.names()) {
            String other = json.text(name);
            List<Operation> operations = descriptor.operations().stream()
                    .filter(operation -> FieldNames.of(operation).has(name))
                    .sorted()
                    .toList();
            if (operations.isEmpty()) {
                throw json.wrong(name, "is not a field of any operation");
            }
            for (Operation operation : operations) {
                if (FieldNames.of(operation).required().contains(name)) {
                    throw json.wrong(name, "is required for " + operation.wire());
                }
                if (!FieldNames.of(operation).has(other)) {
                    throw json.wrong(name, "cannot be '" + other + "', which is not a field of " + operation.wire());
                }
            }
            if (renamed.containsValue(other) || mappings.stream().anyMatch(mapping -> mapping.hasBoth(name, other))) {
                throw json.wrong(name, "cannot be '" + other + "', which is there already");
            }
            renamed.put(name, other);
        }
        return renamed;
    }

    private static Set<Interval> intervals(DescriptorObject json) {
        Set<Interval> intervals = new HashSet<>();
        for (String name : json.has("intervals") ? json.texts("intervals") : List.<String>of()) {
            intervals.add(Interval.find(name)
                    .orElseThrow(() -> json.wrong("intervals", "has '" + name + "', which is not an interval")));
        }
        return intervals;
    }

    /** Whether it is for this query. */
    boolean fits(MarketQuery query, SymbolRules symbols) {
        Optional<Instrument> instrument = types.isEmpty() && bases.isEmpty() && quotes.isEmpty()
                ? Optional.empty()
                : QueryValues.findInstrument(query, symbols);
        boolean ofType = types.isEmpty()
                || instrument.filter(one -> types.contains(one.type())).isPresent();
        boolean ofBase = bases.isEmpty()
                || instrument.filter(one -> bases.contains(one.base())).isPresent();
        boolean ofQuote = quotes.isEmpty()
                || instrument.filter(one -> quotes.contains(one.quote())).isPresent();
        boolean ofInterval = intervals.isEmpty()
                || (query instanceof CandlesQuery candles && intervals.contains(candles.interval()));
        boolean ofId = ids.isEmpty() || (query instanceof SeriesQuery series && ids.contains(series.id()));
        return ofType && ofBase && ofQuote && ofInterval && ofId;
    }
}
