package io.marketbrain.provider.mapping;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            boolean offered = descriptor.operations().contains(operation);
            if (offered && !RowFields.hasRules(operation)) {
                throw json.wrong(
                        operation.wire(),
                        "cannot be mapped; only these can: "
                                + Stream.of(Operation.values())
                                        .filter(RowFields::hasRules)
                                        .map(Operation::wire)
                                        .collect(Collectors.joining(", ")));
            }
            if (offered) {
                operations.put(
                        operation,
                        OperationMapping.read(
                                json.object(operation.wire()),
                                operation,
                                descriptor.terms(operation).payload()));
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
