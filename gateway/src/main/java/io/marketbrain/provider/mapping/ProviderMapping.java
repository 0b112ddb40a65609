package io.marketbrain.provider.mapping;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The mapping of a descriptor: its operations, and the responses that mean failures, the first that fits.
 *
 * @param contracts the operations that are different for swaps and futures
 */
record ProviderMapping(
        Map<Operation, OperationMapping> operations,
        Map<Operation, OperationMapping> contracts,
        List<ErrorRule> errors) {

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
        for (Operation operation : Operation.values()) {
            if (descriptor.operations().contains(operation)) {
                operations.put(operation, OperationMapping.read(descriptor, json.object(operation.wire()), operation));
            }
        }
        Map<Operation, OperationMapping> contracts = json.findObject("contracts")
                .map(own -> contracts(descriptor, own))
                .orElse(Map.of());
        json.end();
        return new ProviderMapping(operations, contracts, errors);
    }

    private static Map<Operation, OperationMapping> contracts(Descriptor descriptor, DescriptorObject json) {
        var contracts = new EnumMap<Operation, OperationMapping>(Operation.class);
        for (Operation operation : descriptor.operations()) {
            if (json.has(operation.wire())) {
                contracts.put(operation, OperationMapping.read(descriptor, json.object(operation.wire()), operation));
            }
        }
        json.end();
        return contracts;
    }

    OperationMapping of(MarketQuery query) {
        boolean ofContract = query instanceof MarketQuery.OfInstrument about
                && about.instrument().settle() != null
                && contracts.containsKey(query.operation());
        OperationMapping mapping = (ofContract ? contracts : operations).get(query.operation());
        if (mapping == null) {
            throw new IllegalArgumentException("the mapping has no " + query.operation());
        }
        return query instanceof CandlesQuery candles ? mapping.adjusted(candles.adjustment()) : mapping;
    }
}
