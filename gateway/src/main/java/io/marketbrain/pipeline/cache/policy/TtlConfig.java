package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.SettingRange;
import java.time.Duration;
import java.util.List;

/**
 * How long data is fresh, by operation and provider, where it differs from {@code l1_ttl}. A setting for a provider takes precedence over one for all providers.
 *
 * @param own overrides, such as 1 s for quotes and 5 s for quotes of one provider
 * @param finishedCandles how long finished candles are fresh
 * @param settling how long after its end a candle may still be corrected
 * @param closedMarket the longest freshness of quotes, books and trades while their market is closed
 */
public record TtlConfig(List<Ttl> own, Duration finishedCandles, Duration settling, Duration closedMarket) {
    public static final SettingRange<Duration> FINISHED_CANDLE_TTL =
            SettingRange.of("cache.finished_candle_ttl", Duration.ofMillis(1), Duration.ofDays(365));
    public static final SettingRange<Duration> CANDLE_SETTLING =
            SettingRange.of("cache.candle_settling", Duration.ZERO, Duration.ofDays(7));
    public static final SettingRange<Duration> CLOSED_MARKET_TTL =
            SettingRange.of("cache.closed_market_ttl", Duration.ofMillis(1), Duration.ofDays(30));

    public TtlConfig {
        own = List.copyOf(own);
        FINISHED_CANDLE_TTL.check(finishedCandles);
        CANDLE_SETTLING.check(settling);
        CLOSED_MARKET_TTL.check(closedMarket);
    }

    public static TtlConfig defaults() {
        return new TtlConfig(List.of(), Duration.ofDays(7), Duration.ofMinutes(2), Duration.ofMinutes(15));
    }

    /** How long the data of this operation is fresh; {@code otherwise} if there is no override. */
    public Duration fresh(ProviderId provider, Operation kind, Duration otherwise) {
        Duration found = otherwise;
        for (Ttl lifetime : own) {
            if (lifetime.kind() == kind) {
                if (lifetime.provider().isPresent() && lifetime.provider().get().equals(provider)) {
                    return lifetime.fresh();
                }
                if (lifetime.provider().isEmpty()) {
                    found = lifetime.fresh();
                }
            }
        }
        return found;
    }
}
