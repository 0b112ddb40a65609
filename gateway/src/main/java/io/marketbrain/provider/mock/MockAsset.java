package io.marketbrain.provider.mock;

import io.marketbrain.model.AssetType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configured asset of the mock market.
 *
 * @param basePrice the price that it moves around
 * @param volatility standard deviation of a day's log return, such as 0.03
 * @param trend drift per day in log price
 * @param minPrice exclusive lower bound of the price
 * @param maxPrice exclusive upper bound of the price
 * @param tick tick size, of which every price is a multiple; empty for the usual tick size at that price
 * @param group a name; assets of one group are correlated
 */
public record MockAsset(
        BigDecimal basePrice,
        double volatility,
        double trend,
        BigDecimal minPrice,
        BigDecimal maxPrice,
        AssetType type,
        Optional<BigDecimal> tick,
        Optional<String> group) {

    /** The defaults for settings that are left out. */
    public static final MockAsset EXAMPLE = new MockAsset(
            BigDecimal.valueOf(100),
            0.02,
            0,
            BigDecimal.TEN,
            BigDecimal.valueOf(1000),
            AssetType.CRYPTO,
            Optional.empty(),
            Optional.empty());

    /** With less room than this, in daily standard deviations, reversals at the bounds are visible. */
    private static final double RECOMMENDED_ROOM = 12;

    private static final double MAX_TICKS = 1e15;
    private static final double MIN_TICKS = 20;
    private static final double TURNOVER = 1e8;

    public MockAsset {
        check(minPrice.signum() > 0, "min_price must be positive");
        check(minPrice.compareTo(basePrice) < 0, "min_price must lie below base_price");
        check(basePrice.compareTo(maxPrice) < 0, "max_price must lie above base_price");
        check(volatility > 0 && volatility <= 1, "volatility must be above 0 and at most 1");
        check(Math.abs(trend) <= 0.1, "trend must be between -0.1 and 0.1");
        tick.ifPresent(step -> {
            check(step.signum() > 0, "tick_size must be positive");
            check(
                    minPrice.doubleValue() / step.doubleValue() >= MIN_TICKS,
                    "min_price must be at least 20 times tick_size");
        });
        double finest = tick.map(BigDecimal::doubleValue).orElse(1e-9);
        check(maxPrice.doubleValue() / finest <= MAX_TICKS, "max_price must be at most 1e15 ticks");
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Warnings about the asset, one sentence each. */
    List<String> warnings(String name) {
        List<String> warnings = new ArrayList<>();
        Params params = params(1);
        double room = Root.amplitude(params) / params.volatility();
        if (room < RECOMMENDED_ROOM) {
            warnings.add(String.format(
                    java.util.Locale.ROOT,
                    "mock asset %s: min_price and max_price leave room for only %.1f daily standard deviations; below %.0f"
                            + " the price visibly reverses at the bounds and moves less than its volatility; widen"
                            + " the bounds or lower the volatility",
                    name,
                    room,
                    RECOMMENDED_ROOM));
        }
        if (group.isPresent() && !Root.canFollowGroup(params)) {
            warnings.add("mock asset " + name + ": its bounds are too tight to follow group " + group.get()
                    + ", so it moves independently; widen the bounds or lower the volatility");
        }
        return warnings;
    }

    Asset asset(String name) {
        AssetClass kind = AssetClass.of(type);
        BigDecimal lot = Precision.lot(kind, basePrice.doubleValue());
        return new Asset(
                name,
                kind,
                params(TURNOVER / (basePrice.doubleValue() * lot.doubleValue())),
                tick.orElseGet(() -> Precision.tick(kind, minPrice.doubleValue())),
                lot,
                group.orElse(""));
    }

    private Params params(double dailyVolume) {
        return new Params(
                basePrice.doubleValue(),
                volatility,
                trend,
                minPrice.doubleValue(),
                maxPrice.doubleValue(),
                dailyVolume);
    }
}
