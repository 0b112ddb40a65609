package io.marketbrain.config;

import io.marketbrain.model.AssetType;
import io.marketbrain.provider.mock.Faults;
import io.marketbrain.provider.mock.MockAsset;
import io.marketbrain.provider.mock.MockConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.stream.Collectors;

/** The settings of the mock market, as lines of the catalogue. */
final class MockSection {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final String MOST = "1000000000";

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
                in.read("mock.seed", seed(), d.seed(), "Which of the possible markets the mock market is."),
                in.find(
                        "mock.clock",
                        "MOCK_CLOCK",
                        instant(),
                        "The instant that the whole gateway takes for now, so that test runs repeat to the byte; empty"
                                + " for the machine's clock."),
                in.flag(
                        "mock.clock_running",
                        d.clockRuns(),
                        "Whether time passes from mock.clock on, or stands still there."),
                d.faults(),
                in.integer(
                        "mock.max_markets",
                        d.maxMarkets(),
                        1,
                        1_000_000,
                        "How many mock markets are kept ready at once."),
                d.assets());
    }

    private Faults faults(Faults d) {
        return new Faults(
                in.duration(
                        "mock.latency",
                        d.latency(),
                        Duration.ZERO,
                        LONGEST,
                        "How long every answer of the mock market takes, to rehearse a slow provider."),
                share("mock.error_rate", "The share of mock requests that end with HTTP 503."),
                share("mock.throttle_rate", "The share of mock requests that end with HTTP 429."),
                in.duration(
                        "mock.retry_after",
                        d.retryAfter(),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        "What such a 429 asks callers to wait, in whole seconds."),
                share(
                        "mock.drift_rate",
                        "The share of mock payloads in which a field is renamed, as providers do unannounced."));
    }

    private double share(String key, String description) {
        return in.decimal(key, BigDecimal.ZERO, "0", "1", description).doubleValue();
    }

    private MockAsset asset(String key) {
        return in.section(MockAsset.EXAMPLE, d -> {
            BigDecimal base = in.decimal(
                    key + ".base_price", d.basePrice(), "0.00000001", MOST, "The price the asset swings around.");
            return new MockAsset(
                    base,
                    in.decimal(
                                    key + ".volatility",
                                    BigDecimal.valueOf(d.volatility()),
                                    "0.000001",
                                    "1",
                                    "Standard deviation of its daily log return.")
                            .doubleValue(),
                    in.decimal(
                                    key + ".trend",
                                    BigDecimal.valueOf(d.trend()),
                                    "-0.1",
                                    "0.1",
                                    "Its drift per day in log price, as far as the bounds leave room.")
                            .doubleValue(),
                    in.find(key + ".min_price", "", price(), "It stays above this for ever; a tenth of base_price.")
                            .orElse(base.movePointLeft(1)),
                    in.find(key + ".max_price", "", price(), "It stays below this for ever; ten times base_price.")
                            .orElse(base.movePointRight(1)),
                    in.read(
                            key + ".asset_type",
                            assetType(),
                            d.type(),
                            "What it is; its trading hours follow from that."),
                    in.find(key + ".tick_size", "", price(), "Every price is a multiple of this; by price if empty."),
                    in.find(key + ".group", "", Kind.text(), "Assets of one group move together; crypto is built in."));
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

    private static Kind<BigDecimal> price() {
        return Kind.decimal("0.000000001", "10000000000");
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
