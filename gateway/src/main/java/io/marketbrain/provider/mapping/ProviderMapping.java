package io.marketbrain.provider.mapping;

import io.marketbrain.model.MarketQuery;
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
 * @param inverse the operations that are different for swaps and futures that are settled in their base
 */
record ProviderMapping(
        Map<Operation, OperationMapping> operations,
        Map<Operation, OperationMapping> contracts,
        Map<Operation, OperationMapping> inverse,
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
        Map<Operation, OperationMapping> contracts = own(descriptor, json, "contracts");
        Map<Operation, OperationMapping> inverse = own(descriptor, json, "inverse");
        json.end();
        return new ProviderMapping(operations, contracts, inverse, errors);
    }

    /** The operations that one kind of instrument has of its own. */
    private static Map<Operation, OperationMapping> own(Descriptor descriptor, DescriptorObject mapping, String kind) {
        var own = new EnumMap<Operation, OperationMapping>(Operation.class);
        mapping.findObject(kind).ifPresent(json -> {
            for (Operation operation : descriptor.operations()) {
                if (json.has(operation.wire())) {
                    own.put(operation, OperationMapping.read(descriptor, json.object(operation.wire()), operation));
                }
            }
            json.end();
        });
        return own;
    }

    OperationMapping of(MarketQuery query) {
        Operation operation = query.operation();
        OperationMapping mapping = operations.get(operation);
        if (query instanceof MarketQuery.OfInstrument about && about.instrument().settle() != null) {
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
