package io.marketbrain.provider.registry;

import io.marketbrain.model.Mode;
import io.marketbrain.pipeline.Route;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import java.util.Locale;
import java.util.Optional;

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

    /** When the mock data of a provider that is not live may be used: only the mode {@code mock} asks for it. */
    public static Route.When mock(ProviderConfig config) {
        return config.mode() == WantedMode.MOCK ? Route.When.ALWAYS : Route.When.UNLESS_DECLINED;
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
                yield byCredentials(
                        descriptor, config, upper, descriptor.keySetting().get());
            }
        };
    }

    /** A provider with a key and a secret needs both, so that a half-finished configuration calls nobody. */
    private static ModeDecision byCredentials(
            IndexedDescriptor descriptor, ProviderConfig config, String upper, String key) {
        Optional<String> secret = descriptor.secretSetting();
        String both = secret.map(name -> ", or " + key + " and " + name).orElse(" or " + key);
        boolean missesSecret = secret.isPresent() && config.secret().isEmpty();
        if (config.key().isPresent() && missesSecret) {
            return new ModeDecision(
                    Mode.MOCK,
                    key + " is configured, but " + secret.get() + " is not: set both, or " + upper + "_MODE=live");
        }
        return config.key().isPresent()
                ? new ModeDecision(
                        Mode.LIVE,
                        secret.map(name -> key + " and " + name + " are configured")
                                .orElse(key + " is configured"))
                : new ModeDecision(
                        Mode.MOCK, "nothing leaves this machine until asked: set " + upper + "_MODE=live" + both);
    }
}
