package io.marketbrain.provider.mapping;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The mapping of a descriptor: its operations, and the responses that mean failures, the first that fits. */
record ProviderMapping(Map<Operation, OperationMapping> operations, List<ErrorRule> errors) {

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
        json.end();
        return new ProviderMapping(operations, errors);
    }

    OperationMapping of(MarketQuery query) {
        OperationMapping mapping = operations.get(query.operation());
        if (mapping == null) {
            throw new IllegalArgumentException("the mapping has no " + query.operation());
        }
        return mapping;
    }
}
