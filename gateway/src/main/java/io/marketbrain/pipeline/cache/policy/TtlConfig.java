package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.SettingRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long data is fresh, by operation and provider.
 *
 * @param own overrides, such as 1 s for quotes and 5 s for quotes of one provider; one for a provider takes precedence over one for all providers, and both over {@code kinds}
 * @param kinds for each kind of data
 * @param lag how old the own time of a quote may be
 * @param finishedCandles how long finished candles are fresh
 * @param settling how long after its end a candle may still be corrected
 * @param quotaStretch by which factor data may be fresh for longer while its provider's quota is nearly used up; 1 for not at all
 * @param closedMarket the longest freshness of quotes, books and trades while their market is closed
 */
public record TtlConfig(
        List<Ttl> own,
        KindTtls kinds,
        QuoteLagConfig lag,
        Duration finishedCandles,
        Duration settling,
        int quotaStretch,
        Duration closedMarket) {
    public static final SettingRange<Duration> FINISHED_CANDLE_TTL =
            SettingRange.of("cache.finished_candle_ttl", Duration.ofMillis(1), Duration.ofDays(365));
    public static final SettingRange<Duration> CANDLE_SETTLING =
            SettingRange.of("cache.candle_settling", Duration.ZERO, Duration.ofDays(7));
    public static final SettingRange<Integer> QUOTA_STRETCH = SettingRange.of("cache.quota_stretch", 1, 100);
    public static final SettingRange<Duration> CLOSED_MARKET_TTL =
            SettingRange.of("cache.closed_market_ttl", Duration.ofMillis(1), Duration.ofDays(30));

    public TtlConfig {
        own = List.copyOf(own);
        FINISHED_CANDLE_TTL.check(finishedCandles);
        CANDLE_SETTLING.check(settling);
        QUOTA_STRETCH.check(quotaStretch);
        CLOSED_MARKET_TTL.check(closedMarket);
    }

    public static TtlConfig defaults() {
        return new TtlConfig(
                List.of(),
                KindTtls.defaults(),
                QuoteLagConfig.defaults(),
                Duration.ofDays(7),
                Duration.ofMinutes(2),
                10,
                Duration.ofMinutes(15));
    }

    /** A copy with these times by kind. */
    public TtlConfig withKinds(KindTtls kinds) {
        return new TtlConfig(own, kinds, lag, finishedCandles, settling, quotaStretch, closedMarket);
    }

    /** The override for the data of this operation. */
    public Optional<Duration> findOverride(ProviderId provider, Operation kind) {
        Optional<Duration> found = Optional.empty();
        for (Ttl lifetime : own) {
            if (lifetime.kind() == kind) {
                if (lifetime.provider().isPresent() && lifetime.provider().get().equals(provider)) {
                    return Optional.of(lifetime.fresh());
                }
                if (lifetime.provider().isEmpty()) {
                    found = Optional.of(lifetime.fresh());
                }
            }
        }
        return found;
    }
}
