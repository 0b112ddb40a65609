package io.marketbrain.wiring;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.cache.policy.MinimumTtls;
import io.marketbrain.provider.registry.ProviderRegistry;
import java.time.Duration;

/** How long data is fresh at least, by the providers' descriptors and by what is left of their quotas. Thread-safe. */
public record ScarceCallTtls(ProviderRegistry registry, ProviderStackReports stacks) implements MinimumTtls {
    @Override
    public Duration of(ProviderId provider, Operation operation) {
        return registry.minTtl(provider, operation);
    }

    @Override
    public int percentLeft(ProviderId provider) {
        return stacks.percentLeft(provider);
    }
}
