package io.marketbrain.provider.mapping;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
        json.requireDefinitionsUsed();
        return new ProviderMapping(operations, contracts, inverse, cases, lists, errors);
    }

    /** The operations that one kind of contract has of its own. */
    private static Map<Operation, OperationMapping> own(Descriptor descriptor, DescriptorObject mapping, String kind) {
        return mapping.findObject(kind)
                .map(json -> {
                    Map<Operation, OperationMapping> own = OperationMapping.readSome(descriptor, json);
                    json.end();
                    return own;
                })
                .orElse(Map.of());
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
        return mapping;
    }
}
