package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinTtlTest {
    @Test
    void the_descriptor_of_a_provider_says_how_long_its_data_is_fresh_at_least() throws Exception {
        Descriptor scarce = DescriptorReader.read("test.json", """
            {"id": "scarce", "name": "N", "exchange": "E", "base_url": "https://example.com", "asset_types": ["crypto"],
             "zone": "UTC", "operations": {"quote": {"min_ttl_seconds": 3600}, "candles": {}}, "intervals": ["1h"],
             "limits": {"candles_per_call": 100, "candle_paging": "count", "book_depth": 100, "trades_per_call": 100,
                        "connections": 4, "rates": []},
             "symbols": {"separator": "-", "quotes": ["USD"]}, "examples": []}
            """.getBytes(StandardCharsets.UTF_8));
        var provider = RegisteredProvider.of(
                new Provider(scarce, new ModeDecision(Mode.LIVE, "test"), scarce.symbols(), List.of()));
        var registry = new ProviderRegistry(List.of(provider), new RouteOrder(List.of(), Map.of()));
        assertThat(registry.minTtl(new ProviderId("scarce"), Operation.QUOTE)).isEqualTo(Duration.ofHours(1));
        assertThat(registry.minTtl(new ProviderId("scarce"), Operation.CANDLES)).isZero();
        assertThat(registry.minTtl(new ProviderId("unknown"), Operation.QUOTE)).isZero();
    }
}
