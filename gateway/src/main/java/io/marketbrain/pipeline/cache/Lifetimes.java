package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.time.Duration;
import java.util.Map;

/**
 * How long which kind of data is fresh, where it is not {@code l1_ttl}. What a provider says goes before what a kind
 * says.
 *
 * @param byKind such as a second for quotes
 * @param byProvider the same for one provider
 * @param finishedCandles how long candles live whose time is over
 * @param settling how long after its end a candle may still be corrected
 * @param closedMarket how long a quote, book or trades live while their market is closed
 */
public record Lifetimes(
        Map<Operation, Duration> byKind,
        Map<ProviderId, Map<Operation, Duration>> byProvider,
        Duration finishedCandles,
        Duration settling,
        Duration closedMarket) {
    public Lifetimes {
        byKind = Map.copyOf(byKind);
        byProvider = Map.copyOf(byProvider);
        byKind.forEach((kind, ttl) -> Checks.positive("ttl." + kind.wire(), ttl));
        byProvider.forEach((provider, ttls) ->
                ttls.forEach((kind, ttl) -> Checks.positive("ttl." + provider + "." + kind.wire(), ttl)));
        Checks.positive("finished_candle_ttl", finishedCandles);
        Checks.notNegative("candle_settling", settling);
        Checks.positive("closed_market_ttl", closedMarket);
    }

    public static Lifetimes defaults() {
        return new Lifetimes(Map.of(), Map.of(), Duration.ofDays(7), Duration.ofMinutes(2), Duration.ofMinutes(15));
    }

    /** How long data of this kind is fresh, or {@code otherwise}. */
    Duration fresh(ProviderId provider, Operation kind, Duration otherwise) {
        Duration own = byProvider.getOrDefault(provider, Map.of()).get(kind);
        return own != null ? own : byKind.getOrDefault(kind, otherwise);
    }
}
