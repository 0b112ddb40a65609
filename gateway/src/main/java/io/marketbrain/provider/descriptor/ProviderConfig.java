package io.marketbrain.provider.descriptor;

import io.marketbrain.security.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The owner's settings for one provider.
 *
 * @param key the API key; empty when missing or a placeholder
 * @param baseUrl where to reach the provider instead of its own address
 */
public record ProviderConfig(WantedMode mode, Optional<Secret> key, Optional<Secret> secret, Optional<URI> baseUrl) {

    /** What the owner wants a provider to be. */
    public enum WantedMode {
        AUTO,
        LIVE,
        MOCK;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static ProviderConfig defaults() {
        return new ProviderConfig(WantedMode.AUTO, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
