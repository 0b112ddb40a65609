package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.mock.CustomAsset;
import io.marketbrain.model.AssetType;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.mock.FaultInjection;
import io.marketbrain.provider.mock.MockConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MockSectionTest {
    @TempDir
    private Path folder;

    @Test
    void nothing_configured_is_seed_42_by_the_machines_clock_without_faults() throws IOException {
        MockConfig mock = loaded("", Map.of()).config().mock();
        assertThat(mock).isEqualTo(MockConfig.defaults());
        assertThat(mock.seed()).isEqualTo(42);
        assertThat(mock.faults()).isEqualTo(FaultInjection.NONE);
    }

    @Test
    void a_seed_in_digits_of_another_script_is_refused() throws IOException {
        assertThat(load("", Map.of("MOCK_SEED", "\u0667")))
                .isInstanceOfSatisfying(
                        ConfigResult.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("MOCK_SEED", "a whole number"));
    }

    @Test
    void reads_seed_clock_and_faults_from_the_environment() throws IOException {
        MockConfig mock = loaded(
                        "",
                        Map.of(
                                "MOCK_SEED", "7",
                                "MOCK_CLOCK", "2024-02-21T09:00:00Z",
                                "MOCK_CLOCK_RUNNING", "true",
                                "MOCK_LATENCY", "200ms",
                                "MOCK_ERROR_RATE", "0.05",
                                "MOCK_THROTTLE_RATE", "0.1",
                                "MOCK_RETRY_AFTER", "3s",
                                "MOCK_DRIFT_RATE", "0.01"))
                .config()
                .mock();
        assertThat(mock.seed()).isEqualTo(7);
        assertThat(mock.start()).contains(Instant.parse("2024-02-21T09:00:00Z"));
        assertThat(mock.clockRuns()).isTrue();
        assertThat(mock.faults())
                .isEqualTo(new FaultInjection(Duration.ofMillis(200), 0.05, 0.1, Duration.ofSeconds(3), 0.01));
    }

    @Test
    void reads_the_owners_assets() throws IOException {
        ConfigResult.Loaded loaded = loaded("""
                mock:
                  assets:
                    ACME:
                      base_price: 50
                      volatility: 0.025
                      trend: 0.0001
                      min_price: 10
                      max_price: 250
                      asset_type: stock
                      tick_size: 0.05
                    FOO/USDT:
                      base_price: 12.5
                      group: crypto
                """, Map.of());
        Map<String, CustomAsset> assets = loaded.config().mock().assets();
        assertThat(assets).containsOnlyKeys("ACME", "FOO/USDT");
        CustomAsset acme = assets.get("ACME");
        assertThat(acme.type()).isEqualTo(AssetType.STOCK);
        assertThat(acme.tick()).hasValueSatisfying(tick -> assertThat(tick).isEqualByComparingTo("0.05"));
        CustomAsset foo = assets.get("FOO/USDT");
        assertThat(foo.minPrice()).isEqualByComparingTo("1.25");
        assertThat(foo.maxPrice()).isEqualByComparingTo("125");
        assertThat(foo.group()).contains("crypto");
    }

    @Test
    void warns_of_an_asset_whose_bounds_are_too_tight() throws IOException {
        ConfigResult.Loaded loaded = loaded("""
                mock:
                  assets:
                    PEGGED:
                      base_price: 100
                      volatility: 0.03
                      min_price: 98
                      max_price: 102
                """, Map.of());
        assertThat(loaded.hints()).anyMatch(hint -> hint.contains("PEGGED") && hint.contains("room"));
    }

    @Test
    void refuses_an_asset_that_makes_no_sense_and_says_which() throws IOException {
        ConfigResult loading = load("""
                mock:
                  assets:
                    ACME:
                      base_price: 50
                      min_price: 60
                """, Map.of());
        String problem = "min_price is 60, but must be from 0.000000001 to 10000000000 and below base_price";
        assertThat(loading)
                .isInstanceOfSatisfying(
                        ConfigResult.Refused.class,
                        refused -> assertThat(refused.problems().stream().map(Object::toString))
                                .containsExactly(
                                        "brain.yaml:4: mock.assets.ACME.base_price is '50': " + problem,
                                        "brain.yaml:5: mock.assets.ACME.min_price is '60': " + problem));
    }

    @Test
    void refuses_a_clock_that_is_no_time() throws IOException {
        ConfigResult loading = load("", Map.of("MOCK_CLOCK", "teatime"));
        assertThat(loading)
                .isInstanceOfSatisfying(
                        ConfigResult.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("MOCK_CLOCK", "teatime", "2024-02-21T09:00:00Z"));
    }

    private ConfigResult.Loaded loaded(String yaml, Map<String, String> environment) throws IOException {
        ConfigResult loading = load(yaml, environment);
        assertThat(loading).isInstanceOf(ConfigResult.Loaded.class);
        return (ConfigResult.Loaded) loading;
    }

    private ConfigResult load(String yaml, Map<String, String> environment) throws IOException {
        Files.writeString(folder.resolve("brain.yaml"), yaml);
        var inputs = new ConfigInputs(Map.of(), Map.of(), environment, folder, folder, Optional.empty());
        return ConfigLoader.load(inputs, Descriptors.builtIn());
    }
}
