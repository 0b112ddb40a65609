package io.marketbrain.mock;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.SettingRange;
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
public record CustomAsset(
        BigDecimal basePrice,
        double volatility,
        double trend,
        BigDecimal minPrice,
        BigDecimal maxPrice,
        AssetType type,
        Optional<BigDecimal> tick,
        Optional<String> group) {

    /** The kinds of instruments that have a market here. */
    public static final List<AssetType> TYPES = List.of(
            AssetType.CRYPTO, AssetType.STOCK, AssetType.ETF, AssetType.FX, AssetType.COMMODITY, AssetType.INDEX);

    private static final BigDecimal LEAST_PRICE = new BigDecimal("0.000000001");
    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("10000000000");
    public static final SettingRange<BigDecimal> BASE_PRICE =
            SettingRange.of("base_price", new BigDecimal("0.00000001"), new BigDecimal("1000000000"));
    public static final SettingRange<BigDecimal> MIN_PRICE =
            SettingRange.of("min_price", LEAST_PRICE, HIGHEST_PRICE).and("below base_price");
    public static final SettingRange<BigDecimal> MAX_PRICE =
            SettingRange.of("max_price", LEAST_PRICE, HIGHEST_PRICE).and("above base_price");
    public static final SettingRange<BigDecimal> TICK_SIZE =
            SettingRange.of("tick_size", LEAST_PRICE, HIGHEST_PRICE).and("at most a twentieth of min_price");
    public static final SettingRange<Double> VOLATILITY = SettingRange.of("volatility", 0.000001, 1.0);
    public static final SettingRange<Double> TREND = SettingRange.of("trend", -0.1, 0.1);

    /** The defaults for settings that are left out. */
    public static final CustomAsset EXAMPLE = new CustomAsset(
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

    public CustomAsset {
        BASE_PRICE.check(basePrice);
        MIN_PRICE.check(minPrice, minPrice.compareTo(basePrice) < 0);
        MAX_PRICE.check(maxPrice, basePrice.compareTo(maxPrice) < 0);
        VOLATILITY.check(volatility);
        TREND.check(trend);
        tick.ifPresent(step -> TICK_SIZE.check(step, minPrice.doubleValue() / step.doubleValue() >= MIN_TICKS));
        double finest = tick.map(BigDecimal::doubleValue).orElse(1e-9);
        check(maxPrice.doubleValue() / finest <= MAX_TICKS, "max_price must be at most 1e15 ticks");
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Warnings about the asset, one sentence each. */
    public List<String> warnings(String name) {
        List<String> warnings = new ArrayList<>();
        PathParameters params = params(1);
        double room = PathRoot.amplitude(params) / params.volatility();
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
        if (group.isPresent() && !PathRoot.canFollowGroup(params)) {
            warnings.add("mock asset " + name + ": its bounds are too tight to follow group " + group.get()
                    + ", so it moves independently; widen the bounds or lower the volatility");
        }
        return warnings;
    }

    Asset asset(String name) {
        AssetClass kind = AssetClass.of(type);
        BigDecimal lot = QuotePrecision.lot(kind, basePrice.doubleValue());
        return new Asset(
                name,
                kind,
                params(TURNOVER / (basePrice.doubleValue() * lot.doubleValue())),
                tick.orElseGet(() -> QuotePrecision.tick(kind, minPrice.doubleValue())),
                lot,
                group.orElse(""));
    }

    private PathParameters params(double dailyVolume) {
        return new PathParameters(
                basePrice.doubleValue(),
                volatility,
                trend,
                minPrice.doubleValue(),
                maxPrice.doubleValue(),
                dailyVolume);
    }
}
