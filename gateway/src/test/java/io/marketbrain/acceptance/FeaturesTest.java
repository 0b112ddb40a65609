package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ContractClient;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.provider.descriptor.ProviderConfig;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The features listed at the entry point are those that the configuration enables. */
class FeaturesTest {
    private static List<String> features(GatewayConfig config) {
        try (var gateway = new Gateway(config.withServer(new ServerConfig("127.0.0.1", 0)));
                var client = new ContractClient(gateway.port())) {
            var features = new ArrayList<String>();
            client.get("/").json().get("features").forEach(feature -> features.add(feature.asString()));
            return features;
        }
    }

    @Test
    void lists_the_enabled_features() {
        assertThat(features(GatewayConfig.defaults()))
                .contains(
                        "quotes",
                        "batch quotes",
                        "candles",
                        "order book",
                        "trades",
                        "deterministic mock market",
                        "cache")
                .doesNotContain("live providers", "budgets", "shared cache", "TLS");
        var budget = new BudgetPolicy(
                "calls", Money.of("5"), BudgetPolicy.Period.MONTH, ZoneOffset.UTC, Optional.empty(), Optional.empty());
        assertThat(features(GatewayConfig.defaults()
                        .withBudgets(new BudgetConfig(List.of(budget), Map.of()))
                        .withProviders(Map.of(
                                new ProviderId("binance"),
                                new ProviderConfig(
                                        ProviderConfig.WantedMode.LIVE,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(URI.create("http://127.0.0.1:1")))))))
                .contains("live providers", "budgets", "deterministic mock market");
    }
}
