package io.marketbrain.provider.registry;

import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderMode;
import java.util.function.Supplier;

/**
 * A provider that is known to the gateway, in use or not: its mode is known at start-up, everything else when first needed.
 *
 * @param opened the provider; its descriptor is read and its stacks are built when this is first called
 */
public record RegisteredProvider(ProviderId id, ModeDecision decision, Supplier<Provider> opened) {

    /** The registration of a provider that is ready. */
    public static RegisteredProvider of(Provider provider) {
        return new RegisteredProvider(provider.descriptor().id(), provider.decision(), () -> provider);
    }

    boolean is(Mode mode) {
        return decision.mode() == mode;
    }

    /** Its mode and the reason for it. */
    public ProviderMode mode() {
        return new ProviderMode(id, decision.mode(), decision.reason());
    }
}
