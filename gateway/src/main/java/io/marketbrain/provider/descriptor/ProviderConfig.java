package io.marketbrain.provider.descriptor;

import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.security.Secret;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings of one provider.
 *
 * @param key the API key; empty when missing or a placeholder
 * @param baseUrl the address to use instead of the one in the descriptor
 * @param feedUrl the address of its feed to use instead of the documented one
 * @param rates the rate limits of the user's plan, instead of those in the descriptor; empty for these
 */
public record ProviderConfig(
        WantedMode mode,
        Optional<Secret> key,
        Optional<Secret> secret,
        Optional<URI> baseUrl,
        Optional<URI> feedUrl,
        List<RateLimit> rates) {
    public ProviderConfig {
        rates = List.copyOf(rates);
    }

    /** Settings without an address of the feed and with the rate limits of the descriptor. */
    public ProviderConfig(WantedMode mode, Optional<Secret> key, Optional<Secret> secret, Optional<URI> baseUrl) {
        this(mode, key, secret, baseUrl, Optional.empty(), List.of());
    }

    /** The configured mode of a provider. */
    public enum WantedMode {
        AUTO,
        LIVE,
        MOCK,
        REPLAY;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static ProviderConfig defaults() {
        return new ProviderConfig(WantedMode.AUTO, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
