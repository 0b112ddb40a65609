package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.security.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModePolicyTest {
    private static final IndexedDescriptor SIGNED = new IndexedDescriptor(
            new ProviderId("binance"),
            "Binance",
            "https://example.org",
            Optional.of("BINANCE_API_KEY"),
            Optional.of("BINANCE_API_SECRET"),
            () -> {
                throw new AssertionError("not read");
            });
    private static final IndexedDescriptor KEYED = new IndexedDescriptor(
            new ProviderId("finnhub"),
            "Finnhub",
            "https://example.org",
            Optional.of("FINNHUB_API_KEY"),
            Optional.empty(),
            () -> {
                throw new AssertionError("not read");
            });

    private static ProviderConfig config(WantedMode mode, String key, String secret) {
        return new ProviderConfig(mode, Secret.of(key), Secret.of(secret), Optional.empty());
    }

    private static ModeDecision auto(IndexedDescriptor descriptor, String key, String secret) {
        return ModePolicy.decide(descriptor, config(WantedMode.AUTO, key, secret));
    }

    @Test
    void a_key_without_its_secret_does_not_go_live() {
        assertThat(auto(SIGNED, "k", ""))
                .isEqualTo(
                        new ModeDecision(
                                Mode.MOCK,
                                "BINANCE_API_KEY is configured, but BINANCE_API_SECRET is not: set both, or BINANCE_MODE=live"));
    }

    @Test
    void a_secret_without_its_key_does_not_go_live() {
        assertThat(auto(SIGNED, "", "s").mode()).isEqualTo(Mode.MOCK);
    }

    @Test
    void a_key_with_its_secret_goes_live() {
        assertThat(auto(SIGNED, "k", "s"))
                .isEqualTo(new ModeDecision(Mode.LIVE, "BINANCE_API_KEY and BINANCE_API_SECRET are configured"));
    }

    @Test
    void a_provider_without_a_secret_needs_only_the_key() {
        assertThat(auto(KEYED, "k", "")).isEqualTo(new ModeDecision(Mode.LIVE, "FINNHUB_API_KEY is configured"));
    }

    @Test
    void the_placeholders_of_the_predecessor_are_not_credentials() {
        assertThat(auto(SIGNED, "dummy_key", "dummy_secret").mode()).isEqualTo(Mode.MOCK);
        assertThat(auto(SIGNED, "dummy_key", "s").mode()).isEqualTo(Mode.MOCK);
    }

    @Test
    void an_explicit_live_mode_needs_no_credentials() {
        assertThat(ModePolicy.decide(SIGNED, config(WantedMode.LIVE, "k", "")).mode())
                .isEqualTo(Mode.LIVE);
        assertThat(ModePolicy.decide(SIGNED, config(WantedMode.LIVE, "", "")).mode())
                .isEqualTo(Mode.LIVE);
    }
}
