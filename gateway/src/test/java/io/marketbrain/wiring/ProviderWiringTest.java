package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.budget.BudgetStore;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.Lazy;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.provider.registry.ProviderRegistry;
import io.marketbrain.provider.registry.RegisteredProvider;
import io.marketbrain.provider.transport.HttpConnections;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which providers are put together, and when. */
class ProviderWiringTest {
    private static final GatewayConfig CONFIG = GatewayConfig.defaults();

    private final HttpConnections connections = new HttpConnections(CONFIG.transport());

    @AfterEach
    void stop() {
        connections.close();
    }

    @Test
    void a_provider_that_is_not_used_is_not_built() {
        ProviderWiring providers = providers(CONFIG);
        var registry = new ProviderRegistry(providers.all(), CONFIG.routes());
        registry.modes();
        assertThat(built(providers)).isEmpty();
        var kraken = new ProviderId("kraken");
        registry.resolve(kraken, "XBTUSD");
        registry.routes(new QuoteQuery(kraken, Instrument.crypto("BTC", "USD"), null));
        registry.provider("kraken");
        assertThat(built(providers)).containsExactly("kraken");
        assertThat(providers.stacks().layers())
                .extracting(layer -> layer.stack())
                .containsOnly("kraken (mock)");
        registry.providers();
        assertThat(built(providers))
                .containsExactlyElementsOf(Stream.concat(
                                Descriptors.builtIn().stream()
                                        .map(entry -> entry.id().value()),
                                Stream.of("mock"))
                        .toList());
    }

    @Test
    void a_live_provider_is_built_at_the_start_so_that_its_limits_are_reported() {
        var settings = new HashMap<>(CONFIG.providers());
        var coinbase = new ProviderId("coinbase");
        settings.put(
                coinbase, new ProviderConfig(WantedMode.LIVE, Optional.empty(), Optional.empty(), Optional.empty()));
        ProviderWiring providers = providers(CONFIG.withProviders(settings));
        assertThat(built(providers)).isEmpty();
        assertThat(providers.stacks().layers())
                .extracting(layer -> layer.stack())
                .containsOnly("coinbase", "coinbase (mock)");
        assertThat(providers.stacks().report(coinbase, ledger()).quota()).hasSize(1);
    }

    @Test
    void every_descriptor_has_its_adapter() {
        for (IndexedDescriptor entry : Descriptors.builtIn()) {
            assertThat(BuiltInProviders.module(entry.descriptor().get()).id()).isEqualTo(entry.id());
        }
    }

    /** The ids of the providers that were built on demand. */
    private static List<String> built(ProviderWiring providers) {
        return providers.all().stream()
                .filter(provider -> provider.opened() instanceof Lazy<?> lazy && lazy.isMade())
                .map(RegisteredProvider::id)
                .map(ProviderId::value)
                .toList();
    }

    private ProviderWiring providers(GatewayConfig config) {
        return new ProviderWiring(
                config,
                connections,
                ledger(),
                Optional.empty(),
                FileProblems.ofCommand(),
                InstantSource.system(),
                System::nanoTime,
                new Random(1));
    }

    private static Ledger ledger() {
        return new Ledger(
                CONFIG.budgets(),
                _ -> Optional.empty(),
                BudgetStore.of(Optional.empty(), Optional.empty(), new Random(1), FileProblems.ofCommand()),
                InstantSource.system());
    }
}
