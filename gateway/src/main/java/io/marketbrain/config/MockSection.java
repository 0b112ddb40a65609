package io.marketbrain.config;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.SettingRange;
import io.marketbrain.provider.mock.Faults;
import io.marketbrain.provider.mock.MockAsset;
import io.marketbrain.provider.mock.MockConfig;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of the mock market, as lines of the catalogue. */
final class MockSection {
    private final SettingsReader in;

    MockSection(SettingsReader in) {
        this.in = in;
    }

    MockConfig read() {
        MockConfig world = in.section(MockConfig.defaults(), this::world);
        Faults faults = in.section(Faults.NONE, this::faults);
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

    private Faults faults(Faults d) {
        return new Faults(
                in.duration(
                        Faults.LATENCY,
                        d.latency(),
                        "How long every response of the mock market takes, to simulate a slow provider."),
                in.number(Faults.ERROR_RATE, d.errorRate(), "The share of mock requests that fail with HTTP 503."),
                in.number(
                        Faults.THROTTLE_RATE, d.throttleRate(), "The share of mock requests that fail with HTTP 429."),
                in.duration(
                        Faults.RETRY_AFTER,
                        d.retryAfter(),
                        "The Retry-After that such a 429 carries, in whole seconds."),
                in.number(
                        Faults.DRIFT_RATE,
                        d.driftRate(),
                        "The share of mock payloads in which a field is renamed, to simulate a provider that changes its format."));
    }

    private MockAsset asset(String key) {
        return in.section(MockAsset.EXAMPLE, d -> {
            BigDecimal base = in.decimal(
                    MockAsset.BASE_PRICE.below(key), d.basePrice(), "The price around which the asset moves.");
            return new MockAsset(
                    base,
                    in.number(
                            MockAsset.VOLATILITY.below(key),
                            d.volatility(),
                            "The standard deviation of its daily log return."),
                    in.number(
                            MockAsset.TREND.below(key),
                            d.trend(),
                            "Its drift per day in log price, as far as the price limits allow."),
                    price(
                                    MockAsset.MIN_PRICE.below(key),
                                    "Its price never falls to this; not set: a tenth of base_price.")
                            .orElse(base.movePointLeft(1)),
                    price(
                                    MockAsset.MAX_PRICE.below(key),
                                    "Its price never rises to this; not set: ten times base_price.")
                            .orElse(base.movePointRight(1)),
                    in.read(
                            key + ".asset_type",
                            assetType(),
                            d.type(),
                            "The type of asset, which also decides its trading hours."),
                    price(
                            MockAsset.TICK_SIZE.below(key),
                            "Every price is a multiple of this; not set: chosen by price."),
                    in.find(
                            key + ".group",
                            "",
                            Kind.text(),
                            "Assets in the same group move together; crypto is built in."));
        });
    }

    private static Kind<AssetType> assetType() {
        return Kind.of(
                "one of " + MockAsset.TYPES.stream().map(AssetType::wire).collect(Collectors.joining(", ")),
                text -> MockAsset.TYPES.stream()
                        .filter(type -> type.wire().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                AssetType::wire);
    }

    private Optional<BigDecimal> price(SettingRange<BigDecimal> range, String description) {
        return in.find(range.key(), "", Kind.decimal(range), description);
    }

    private static Kind<Long> seed() {
        return Kind.of("a whole number", Long::valueOf, String::valueOf);
    }

    private static Kind<Instant> instant() {
        return Kind.of(
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
