package io.marketbrain.provider.mapping;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.request.QueryValues;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The mapping of a descriptor: its operations, and the responses that mean failures, the first that fits.
 *
 * @param contracts the operations that are different for swaps and futures
 * @param inverse the operations that are different for swaps and futures that are settled in their base
 * @param cases the operations that are different for some instruments or intervals; the first that fits counts
 * @param lists the lists of instruments, if there are several
 * @param description how is asked what a series is, where its values do not say it
 */
record ProviderMapping(
        OperationMappings operations,
        OperationMappings contracts,
        OperationMappings inverse,
        List<MappingCase> cases,
        List<ListMapping> lists,
        Optional<OperationMapping> description,
        List<ErrorRule> errors) {
    /**
     * Reads the member {@code mapping} of a descriptor.
     *
     * @throws io.marketbrain.provider.descriptor.InvalidDescriptor if it is not a mapping of every operation of the
     *     descriptor
     */
    static ProviderMapping read(Descriptor descriptor, DescriptorObject member) {
        DescriptorObject json = member.withDefinitions("definitions");
        List<ErrorRule> errors = json.has("errors")
                ? json.objects("errors").stream().map(ErrorRule::read).toList()
                : List.of();
        var operations = new EnumMap<Operation, OperationMapping>(Operation.class);
        List<ListMapping> lists = List.of();
        for (Operation operation : Operation.values()) {
            if (descriptor.operations().contains(operation)
                    && (operation != Operation.SERIES || descriptor.hasSeriesById())) {
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
        var usual = new OperationMappings(operations, OperationMappings.readKinds(descriptor, json));
        OperationMappings contracts = own(descriptor, json, "contracts");
        OperationMappings inverse = own(descriptor, json, "inverse");
        List<MappingCase> cases = json.has("cases")
                ? json.objects("cases").stream()
                        .map(one -> MappingCase.read(descriptor, one, List.of(usual, contracts, inverse)))
                        .toList()
                : List.of();
        for (SeriesKind kind : descriptor.terms(Operation.SERIES).kinds()) {
            if (Stream.concat(
                            Stream.of(usual, contracts, inverse), cases.stream().map(MappingCase::operations))
                    .noneMatch(each -> each.series().containsKey(kind))) {
                throw json.wrong(
                        kind.wire(), "is one of 'kinds' of the operation series, but nothing says how it is requested");
            }
        }
        Optional<OperationMapping> description = descriptor.hasSeriesById()
                ? json.findObject("series_description").map(one -> OperationMapping.readDescription(descriptor, one))
                : Optional.empty();
        json.end();
        json.requireDefinitionsUsed();
        return new ProviderMapping(usual, contracts, inverse, cases, lists, description, errors);
    }

    /** The operations that one kind of contract has of its own. */
    private static OperationMappings own(Descriptor descriptor, DescriptorObject mapping, String kind) {
        return mapping.findObject(kind)
                .map(json -> {
                    OperationMappings own = OperationMappings.readSome(descriptor, json);
                    json.end();
                    return own;
                })
                .orElse(OperationMappings.NONE);
    }

    /** Every mapping, also those that differ for some instruments. */
    Stream<OperationMapping> all() {
        return Stream.concat(
                Stream.concat(
                                Stream.of(operations, contracts, inverse),
                                cases.stream().map(MappingCase::operations))
                        .flatMap(OperationMappings::all),
                Stream.concat(lists.stream().map(ListMapping::mapping), description.stream()));
    }

    /** Whether the provider does not have this operation, or this kind of series, for the query's instrument. */
    boolean isUnsupported(MarketQuery query, SymbolRules symbols) {
        return find(query, symbols).isEmpty()
                || cases.stream()
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
        OperationMapping mapping =
                find(query, symbols).orElseThrow(() -> new IllegalArgumentException("the mapping has no " + query));
        for (MappingCase one : cases) {
            if (!one.renamed().isEmpty() && one.fits(query, symbols)) {
                mapping = mapping.renamed(one.renamed());
            }
        }
        return mapping;
    }

    private Optional<OperationMapping> find(MarketQuery query, SymbolRules symbols) {
        if (query instanceof MarketQuery.SymbolsQuery asked && asked.list() != null) {
            return Optional.of(list(asked).mapping());
        }
        if (query instanceof MarketQuery.SeriesQuery asked && asked.isDescription()) {
            return InstrumentSeries.find(asked.id()).isEmpty() ? description : Optional.empty();
        }
        for (MappingCase one : cases) {
            Optional<OperationMapping> own = one.operations().find(query);
            if (own.isPresent() && one.fits(query, symbols)) {
                return own;
            }
        }
        Optional<Instrument> contract =
                QueryValues.findInstrument(query, symbols).filter(instrument -> instrument.settle() != null);
        return contract.filter(instrument -> instrument.base().equals(instrument.settle()))
                .flatMap(_ -> inverse.find(query))
                .or(() -> contract.flatMap(_ -> contracts.find(query)))
                .or(() -> operations.find(query));
    }
}
