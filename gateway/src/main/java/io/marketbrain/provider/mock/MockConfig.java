package io.marketbrain.provider.mock;

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
 * The owner's settings for the mock market.
 *
 * @param seed which of the possible worlds it is
 * @param start the instant the whole gateway takes for now when it starts; empty for the machine's clock
 * @param clockRuns whether time passes from there or stands still
 * @param faults what goes wrong on purpose
 * @param maxMarkets how many markets are kept ready at once; others are made anew when asked for
 * @param assets the owner's own markets by name: {@code ACME}, {@code FOO/USDT}
 */
@RecordBuilder
public record MockConfig(
        long seed,
        Optional<Instant> start,
        boolean clockRuns,
        Faults faults,
        int maxMarkets,
        Map<String, MockAsset> assets)
        implements MockConfigBuilder.With {
    public static final SettingRange<Integer> MAX_MARKETS_RANGE = SettingRange.of("mock.max_markets", 1, 1_000_000);

    public static final long SEED = 42;
    public static final int MAX_MARKETS = 1000;

    public MockConfig {
        MAX_MARKETS_RANGE.check(maxMarkets);
        assets = Map.copyOf(new TreeMap<>(assets));
    }

    public static MockConfig defaults() {
        return new MockConfig(SEED, Optional.empty(), false, Faults.NONE, MAX_MARKETS, Map.of());
    }

    public MockConfig with(Faults faults) {
        return withFaults(faults);
    }

    public MockConfig with(Map<String, MockAsset> assets) {
        return withAssets(assets);
    }

    /** What the gateway goes by instead of the machine's clock: that clock itself unless another start is set. */
    public InstantSource clock(InstantSource machine) {
        if (start.isEmpty()) {
            return machine;
        }
        Instant begin = start.get();
        if (!clockRuns) {
            return InstantSource.fixed(begin);
        }
        Instant begun = machine.instant();
        return () -> begin.plus(Duration.between(begun, machine.instant()));
    }

    /** Sentences for the owner about assets that will not behave as their numbers suggest. */
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        new TreeMap<>(assets).forEach((symbol, asset) -> warnings.addAll(asset.warnings(symbol)));
        return List.copyOf(warnings);
    }
}
