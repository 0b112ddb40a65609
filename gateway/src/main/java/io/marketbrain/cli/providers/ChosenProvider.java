package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ServeArguments;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.pipeline.resilience.RetryConfig;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A provider that a command names, with its rate limits and prices as the settings have them. */
record ChosenProvider(Descriptor descriptor, CostModel costs) {

    /** The provider with that id; if there is none, says so. */
    static Optional<ChosenProvider> find(CommandContext context, ConfigResult.Loaded loaded, String id) {
        Optional<IndexedDescriptor> entry = loaded.config().descriptors().stream()
                .filter(one -> one.id().value().equals(id))
                .findFirst();
        if (entry.isEmpty()) {
            context.err()
                    .println("brain: there is no provider '" + id + "'; there are: "
                            + loaded.config().descriptors().stream()
                                    .map(one -> one.id().value())
                                    .collect(Collectors.joining(", ")));
            return Optional.empty();
        }
        Descriptor descriptor = entry.get()
                .descriptor()
                .get()
                .withRates(loaded.config().provider(entry.get().id()).rates());
        return Optional.of(
                new ChosenProvider(descriptor, loaded.config().budgets().costs(descriptor.id(), descriptor.costs())));
    }

    /** The same arguments with the provider live, whatever the settings say, and each call made once. */
    ServeArguments live(ServeArguments given) {
        Map<String, String> flags = new LinkedHashMap<>(given.flags());
        flags.put("providers." + descriptor.id() + ".mode", "live");
        flags.put(RetryConfig.ATTEMPTS.key(), "1");
        return new ServeArguments(flags, given.file());
    }
}
