package io.marketbrain.provider.mock;

import io.marketbrain.mock.CustomAsset;
import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of the mock market.
 *
 * @param seed selects one of the possible markets
 * @param start the time that the whole gateway uses as now when it starts; empty for the machine's clock
 * @param clockRuns whether time advances from {@code start} or stands still
 * @param faults the faults to simulate
 * @param maxMarkets how many markets are kept in memory; others are recreated on request
 * @param assets additional assets by name: {@code ACME}, {@code FOO/USDT}
 */
@RecordBuilder
public record MockConfig(
        long seed,
        Optional<Instant> start,
        boolean clockRuns,
        FaultInjection faults,
        int maxMarkets,
        Map<String, CustomAsset> assets)
        implements MockConfigBuilder.With {
    public static final SettingRange<Integer> MAX_MARKETS_RANGE = SettingRange.of("mock.max_markets", 1, 1_000_000);

    public static final long SEED = 42;
    public static final int MAX_MARKETS = 1000;

    public MockConfig {
        MAX_MARKETS_RANGE.check(maxMarkets);
        assets = Map.copyOf(new TreeMap<>(assets));
    }

    public static MockConfig defaults() {
        return new MockConfig(SEED, Optional.empty(), false, FaultInjection.NONE, MAX_MARKETS, Map.of());
    }

    public MockConfig with(FaultInjection faults) {
        return withFaults(faults);
    }

    public MockConfig with(Map<String, CustomAsset> assets) {
        return withAssets(assets);
    }

    /** The clock that the gateway uses: the given machine clock unless another start is configured. */
    public InstantSource clock(InstantSource machine) {
        if (start.isEmpty()) {
            return machine;
        }
        Instant first = start.get();
        if (!clockRuns) {
            return InstantSource.fixed(first);
        }
        Instant startedAt = machine.instant();
        return () -> first.plus(Duration.between(startedAt, machine.instant()));
    }

    /** Warnings about assets that will not behave as their settings suggest. */
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        new TreeMap<>(assets).forEach((symbol, asset) -> warnings.addAll(asset.warnings(symbol)));
        return List.copyOf(warnings);
    }
}
