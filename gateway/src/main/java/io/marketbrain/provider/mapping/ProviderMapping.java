package io.marketbrain.provider.mapping;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.OperationTerms;
import io.marketbrain.provider.descriptor.PayloadKind;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.request.QueryValues;
import io.marketbrain.provider.mapping.request.RequestFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of a descriptor: its operations, and the responses that mean failures, the first that fits.
 *
 * @param contracts the operations that are different for swaps and futures
 * @param inverse the operations that are different for swaps and futures that are settled in their base
 * @param cases the operations that are different for some instruments or intervals; the first that fits counts
 * @param lists the lists of instruments, if there are several
 */
record ProviderMapping(
        Map<Operation, OperationMapping> operations,
        Map<Operation, OperationMapping> contracts,
        Map<Operation, OperationMapping> inverse,
        List<MappingCase> cases,
        List<ListMapping> lists,
        List<ErrorRule> errors) {
    private static final int MOST_WEIGHT = 1_000_000;

    /**
     * One of several lists of instruments.
     *
     * @param mapping how it is requested and read
     */
    record ListMapping(SymbolListTerms terms, OperationMapping mapping) {
        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

        /** {@code {"name": "swaps", "types": ["swap"], "request": …}}; the response is that of the first list unless it has its own. */
        static ListMapping read(Descriptor descriptor, DescriptorObject json, DescriptorObject first) {
            String name = json.text("name");
            if (!NAME.matcher(name).matches()) {
                throw json.wrong("name", "must be a word in lower case");
            }
            var list = new ListMapping(
                    terms(descriptor, json, name),
                    OperationMapping.read(
                            descriptor,
                            json.object("request"),
                            json.has("response") ? json.object("response") : first.object("response"),
                            Operation.SYMBOLS));
            json.end();
            return list;
        }

        private static SymbolListTerms terms(Descriptor descriptor, DescriptorObject json, @Nullable String name) {
            List<InstrumentType> types = json.texts("types").stream()
                    .map(type -> InstrumentType.find(type)
                            .orElseThrow(() -> json.wrong("types", "can have " + InstrumentType.names())))
                    .toList();
            OperationTerms usual = descriptor.terms(Operation.SYMBOLS);
            return new SymbolListTerms(
                    name, types, json.integer("weight", 1, MOST_WEIGHT, usual.weight()), usual.minTtl());
        }

        /** All lists of the operation, the first one without a name; empty if there is one that has everything. */
        static List<ListMapping> readAll(Descriptor descriptor, DescriptorObject first, OperationMapping mapping) {
            List<ListMapping> lists = new ArrayList<>();
            if (first.has("types") || first.has("lists")) {
                lists.add(new ListMapping(terms(descriptor, first, null), mapping));
            }
            if (first.has("lists")) {
                first.objects("lists").forEach(json -> lists.add(read(descriptor, json, first)));
            }
            return lists;
        }
    }

    /**
     * The operations that are requested or answered in another way for some types of instruments or some intervals.
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
            Map<Operation, OperationMapping> operations,
            Set<Operation> unsupported,
            Map<String, String> renamed) {

        /** {@code {"types": ["crypto"], "quote": …, "unsupported": ["news"]}} or {@code {"intervals": ["1m"], "candles": …}}. */
        static MappingCase read(
                Descriptor descriptor, DescriptorObject json, List<Map<Operation, OperationMapping>> others) {
            Set<AssetType> types = json.has("types") ? Set.copyOf(json.choices("types", AssetType.class)) : Set.of();
            Set<Interval> intervals = intervals(json);
            Set<String> bases = codes(json, "bases");
            Set<String> quotes = codes(json, "quotes");
            Set<String> ids = codes(json, "ids");
            if (types.isEmpty() && intervals.isEmpty() && bases.isEmpty() && quotes.isEmpty() && ids.isEmpty()) {
                throw json.wrong("types", "or 'intervals', 'bases', 'quotes' or 'ids' must say what the case is for");
            }
            Map<Operation, OperationMapping> operations = some(descriptor, json);
            Set<Operation> unsupported =
                    json.has("unsupported") ? Set.copyOf(json.choices("unsupported", Operation.class)) : Set.of();
            Map<String, String> renamed = json.findObject("renamed")
                    .map(names -> renamed(
                            names,
                            descriptor,
                            Stream.concat(others.stream(), Stream.of(operations))
                                    .flatMap(each -> each.values().stream())
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
                        .filter(operation -> RowFields.isName(operation, name))
                        .sorted()
                        .toList();
                if (operations.isEmpty()) {
                    throw json.wrong(name, "is not a field of any operation");
                }
                for (Operation operation : operations) {
                    if (RowFields.isRequired(operation, name)) {
                        throw json.wrong(name, "is required for " + operation.wire());
                    }
                    if (!RowFields.isName(operation, other)) {
                        throw json.wrong(
                                name, "cannot be '" + other + "', which is not a field of " + operation.wire());
                    }
                }
                if (renamed.containsValue(other)
                        || mappings.stream().anyMatch(mapping -> mapping.hasBoth(name, other))) {
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

    /**
     * Another form of an operation's response, which is known by what stands near its beginning, or by what stands nowhere in it:
     * CSV instead of JSON, or that of another version of the interface.
     *
     * @param starts the texts of which the start of the body has one, without white space, which does not count; empty for any
     * @param without the texts of which the body has none, without white space as well
     * @param intervals the intervals of candles that it has; empty for all
     * @param mapping how a body of this form is read
     */
    record ResponseForm(List<String> starts, List<String> without, Set<Interval> intervals, OperationMapping mapping) {
        private static final int START = 2048;

        private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

        /** {@code {"start": ["timestamp,open"], "without": ["symbol"], "payload": "csv", "rows": …, "fields": …}}. */
        static ResponseForm read(
                DescriptorObject json,
                PayloadKind usual,
                BiFunction<DescriptorObject, PayloadKind, OperationMapping> rules) {
            List<String> without = json.has("without") ? compactTexts(json, "without") : List.of();
            List<String> starts = without.isEmpty() || json.has("start") ? compactTexts(json, "start") : List.of();
            PayloadKind kind = json.has("payload") ? json.choice("payload", PayloadKind.class) : usual;
            Set<Interval> intervals = Set.copyOf(RequestFormat.intervals(json).keySet());
            OperationMapping mapping = rules.apply(json, kind);
            json.end();
            return new ResponseForm(starts, without, intervals, mapping);
        }

        private static List<String> compactTexts(DescriptorObject json, String name) {
            return json.texts(name).stream().map(ResponseForm::compact).toList();
        }

        ResponseForm renamed(Map<String, String> names) {
            return new ResponseForm(starts, without, intervals, mapping.renamed(names));
        }

        /** Whether a response to this query may have the form. */
        boolean isFor(MarketQuery query) {
            return intervals.isEmpty()
                    || (query instanceof CandlesQuery candles && intervals.contains(candles.interval()));
        }

        /** @param start the {@link #start} of the body */
        boolean fits(String start, byte[] body) {
            return (starts.isEmpty() || starts.stream().anyMatch(start::contains))
                    && (without.isEmpty() || without.stream().noneMatch(compact(text(body, body.length))::contains));
        }

        /** As much of a body as is searched for the texts that forms begin with. */
        static String start(byte[] body) {
            return compact(text(body, START));
        }

        /** The same text in a document that was written with less white space. */
        static String compact(String text) {
            return WHITE_SPACE.matcher(text).replaceAll("");
        }

        private static String text(byte[] body, int most) {
            return new String(body, 0, Math.min(most, body.length), StandardCharsets.UTF_8);
        }
    }

    /**
     * Reads the member {@code mapping} of a descriptor.
     *
     * @throws io.marketbrain.provider.descriptor.InvalidDescriptor if it is not a mapping of every operation of the
     *     descriptor
     */
    static ProviderMapping read(Descriptor descriptor, DescriptorObject json) {
        List<ErrorRule> errors = json.has("errors")
                ? json.objects("errors").stream().map(ErrorRule::read).toList()
                : List.of();
        var operations = new EnumMap<Operation, OperationMapping>(Operation.class);
        List<ListMapping> lists = List.of();
        for (Operation operation : Operation.values()) {
            if (descriptor.operations().contains(operation)) {
                DescriptorObject one = json.object(operation.wire());
                OperationMapping mapping =
                        OperationMapping.read(descriptor, one.object("request"), one.object("response"), operation);
                if (operation == Operation.SYMBOLS) {
                    lists = ListMapping.readAll(descriptor, one, mapping);
                }
                one.end();
                operations.put(operation, mapping);
            }
        }
        Map<Operation, OperationMapping> contracts = own(descriptor, json, "contracts");
        Map<Operation, OperationMapping> inverse = own(descriptor, json, "inverse");
        List<MappingCase> cases = json.has("cases")
                ? json.objects("cases").stream()
                        .map(one -> MappingCase.read(descriptor, one, List.of(operations, contracts, inverse)))
                        .toList()
                : List.of();
        json.end();
        return new ProviderMapping(operations, contracts, inverse, cases, lists, errors);
    }

    /** The operations that one kind of contract has of its own. */
    private static Map<Operation, OperationMapping> own(Descriptor descriptor, DescriptorObject mapping, String kind) {
        return mapping.findObject(kind)
                .map(json -> {
                    Map<Operation, OperationMapping> own = some(descriptor, json);
                    json.end();
                    return own;
                })
                .orElse(Map.of());
    }

    /** Those of the descriptor's operations that are here. */
    private static Map<Operation, OperationMapping> some(Descriptor descriptor, DescriptorObject json) {
        var operations = new EnumMap<Operation, OperationMapping>(Operation.class);
        for (Operation operation : descriptor.operations()) {
            if (json.has(operation.wire())) {
                DescriptorObject own = json.object(operation.wire());
                operations.put(
                        operation,
                        OperationMapping.read(descriptor, own.object("request"), own.object("response"), operation));
                own.end();
            }
        }
        return operations;
    }

    /** Whether the provider does not have this operation for the query's instrument. */
    boolean isUnsupported(MarketQuery query, SymbolRules symbols) {
        return cases.stream()
                .anyMatch(one -> one.unsupported().contains(query.operation()) && one.fits(query, symbols));
    }

    /** The lists of instruments; empty if there is only one. */
    List<SymbolListTerms> symbolLists() {
        return lists.stream().map(ListMapping::terms).toList();
    }

    private ListMapping list(MarketQuery.SymbolsQuery query) {
        return lists.stream()
                .filter(one -> Objects.equals(one.terms().name(), query.list()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no list " + query.list()));
    }

    /** What the request for a list of instruments counts against the quota. */
    int weight(MarketQuery.SymbolsQuery query, int usual) {
        return lists.isEmpty() ? usual : list(query).terms().weight();
    }

    OperationMapping of(MarketQuery query, SymbolRules symbols) {
        OperationMapping mapping = find(query, symbols);
        for (MappingCase one : cases) {
            if (!one.renamed().isEmpty() && one.fits(query, symbols)) {
                mapping = mapping.renamed(one.renamed());
            }
        }
        return mapping;
    }

    private OperationMapping find(MarketQuery query, SymbolRules symbols) {
        Operation operation = query.operation();
        if (query instanceof MarketQuery.SymbolsQuery asked && asked.list() != null) {
            return list(asked).mapping();
        }
        for (MappingCase one : cases) {
            OperationMapping own = one.operations().get(operation);
            if (own != null && one.fits(query, symbols)) {
                return own;
            }
        }
        OperationMapping mapping = operations.get(operation);
        if (query instanceof MarketQuery.OfInstrument about
                && about.instrument().settle() != null) {
            mapping = contracts.getOrDefault(operation, mapping);
            if (about.instrument().base().equals(about.instrument().settle())) {
                mapping = inverse.getOrDefault(operation, mapping);
            }
        }
        if (mapping == null) {
            throw new IllegalArgumentException("the mapping has no " + operation);
        }
        return query instanceof CandlesQuery candles ? mapping.adjusted(candles.adjustment()) : mapping;
    }
}
