package io.marketbrain.config;

import io.marketbrain.mock.CustomAsset;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.SettingRange;
import io.marketbrain.model.text.NumberText;
import io.marketbrain.provider.mock.FaultInjection;
import io.marketbrain.provider.mock.MockConfig;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of the mock market. */
final class MockSection {
    private final SettingsReader in;

    MockSection(SettingsReader in) {
        this.in = in;
    }

    MockConfig read() {
        MockConfig world = in.section(MockConfig.defaults(), this::world);
        FaultInjection faults = in.section(FaultInjection.NONE, this::faults);
        return world.with(faults).with(in.each("mock.assets", "<SYMBOL>", (_, key) -> asset(key)));
    }

    private MockConfig world(MockConfig d) {
        return new MockConfig(
                in.read(
                        "mock.seed",
                        seed(),
                        d.seed(),
                        "The number that the mock market is generated from; the same seed gives the same market."),
                in.find(
                        "mock.clock",
                        "MOCK_CLOCK",
                        instant(),
                        "The time at which the gateway's clock starts, so that test runs are reproducible; empty uses the system clock."),
                in.flag(
                        "mock.clock_running",
                        d.clockRuns(),
                        "Whether the clock runs on from mock.clock, or stands still there."),
                d.faults(),
                in.integer(MockConfig.MAX_MARKETS_RANGE, d.maxMarkets(), "How many mock markets are kept in memory."),
                d.assets());
    }

    private FaultInjection faults(FaultInjection d) {
        return new FaultInjection(
                in.duration(
                        FaultInjection.LATENCY,
                        d.latency(),
                        "How long every response of the mock market takes, to simulate a slow provider."),
                in.number(
                        FaultInjection.ERROR_RATE,
                        d.errorRate(),
                        "The share of mock requests that fail with HTTP 503."),
                in.number(
                        FaultInjection.THROTTLE_RATE,
                        d.throttleRate(),
                        "The share of mock requests that fail with HTTP 429."),
                in.duration(
                        FaultInjection.RETRY_AFTER,
                        d.retryAfter(),
                        "The Retry-After that such a 429 carries, in whole seconds."),
                in.number(
                        FaultInjection.DRIFT_RATE,
                        d.driftRate(),
                        "The share of mock payloads in which a field is renamed, to simulate a provider that changes its format."));
    }

    private CustomAsset asset(String key) {
        return in.section(CustomAsset.EXAMPLE, d -> {
            BigDecimal base = in.decimal(
                    CustomAsset.BASE_PRICE.below(key), d.basePrice(), "The price around which the asset moves.");
            return new CustomAsset(
                    base,
                    in.number(
                            CustomAsset.VOLATILITY.below(key),
                            d.volatility(),
                            "The standard deviation of its daily log return."),
                    in.number(
                            CustomAsset.TREND.below(key),
                            d.trend(),
                            "Its drift per day in log price, as far as the price limits allow."),
                    price(
                                    CustomAsset.MIN_PRICE.below(key),
                                    "Its price never falls to this; not set: a tenth of base_price.")
                            .orElse(base.movePointLeft(1)),
                    price(
                                    CustomAsset.MAX_PRICE.below(key),
                                    "Its price never rises to this; not set: ten times base_price.")
                            .orElse(base.movePointRight(1)),
                    in.read(
                            key + ".asset_type",
                            assetType(),
                            d.type(),
                            "The type of asset, which also decides its trading hours."),
                    price(
                            CustomAsset.TICK_SIZE.below(key),
                            "Every price is a multiple of this; not set: chosen by price."),
                    in.find(
                            key + ".group",
                            "",
                            SettingType.text(),
                            "Assets in the same group move together; crypto is built in."));
        });
    }

    private static SettingType<AssetType> assetType() {
        return SettingType.of(
                "one of " + CustomAsset.TYPES.stream().map(AssetType::wire).collect(Collectors.joining(", ")),
                text -> CustomAsset.TYPES.stream()
                        .filter(type -> type.wire().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                AssetType::wire);
    }

    private Optional<BigDecimal> price(SettingRange<BigDecimal> range, String description) {
        return in.find(range.key(), "", SettingType.decimal(range), description);
    }

    private static SettingType<Long> seed() {
        return SettingType.of("a whole number", NumberText::parseLong, String::valueOf);
    }

    private static SettingType<Instant> instant() {
        return SettingType.of(
                "a time such as 2024-02-21T09:00:00Z",
                text -> {
                    try {
                        return OffsetDateTime.parse(text).toInstant();
                    } catch (DateTimeParseException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                Instant::toString);
    }
}
