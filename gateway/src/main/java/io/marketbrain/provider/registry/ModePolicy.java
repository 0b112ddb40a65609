package io.marketbrain.provider.registry;

import io.marketbrain.model.Mode;
import io.marketbrain.pipeline.Route;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import java.util.Locale;

/**
 * The decision whether a provider is live: only if the settings say so, by naming it or by configuring
 * credentials. Pure.
 */
public final class ModePolicy {
    private ModePolicy() {}

    /**
     * When mock data may replace that of a live provider: an explicit {@code live} means live or an error, unless the
     * caller accepts mock data.
     */
    public static Route.When standIn(ProviderConfig config) {
        return config.mode() == WantedMode.LIVE ? Route.When.ON_REQUEST : Route.When.STAND_IN;
    }

    public static ModeDecision decide(IndexedDescriptor descriptor, ProviderConfig config) {
        String upper = descriptor.id().value().toUpperCase(Locale.ROOT).replace('-', '_');
        return switch (config.mode()) {
            case LIVE -> new ModeDecision(Mode.LIVE, "set by " + upper + "_MODE or LIVE_PROVIDERS");
            case MOCK -> new ModeDecision(Mode.MOCK, "set by " + upper + "_MODE=mock");
            case AUTO -> {
                if (descriptor.keySetting().isEmpty()) {
                    yield new ModeDecision(
                            Mode.MOCK,
                            "nothing leaves this machine until asked: set " + upper + "_MODE=live (no key needed)");
                }
                String setting = descriptor.keySetting().get();
                yield config.key().isPresent()
                        ? new ModeDecision(Mode.LIVE, setting + " is configured")
                        : new ModeDecision(
                                Mode.MOCK,
                                "nothing leaves this machine until asked: set " + upper + "_MODE=live or " + setting);
            }
        };
    }
}
