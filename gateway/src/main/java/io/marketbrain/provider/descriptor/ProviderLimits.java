package io.marketbrain.provider.descriptor;

import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.cost.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The limits of a provider.
 *
 * @param pageSize the most candles one request returns
 * @param contractPageSize the same for swaps and futures
 * @param longestWindow the longest range of time one request for candles covers; empty for any
 * @param candlePaging how to request more candles than that
 * @param maxDepth the most levels a side of an order book
 * @param maxTrades the most trades one request returns
 * @param maxConnections how many connections the gateway may have open to it
 * @param rates its rate limits
 */
public record ProviderLimits(
        int pageSize,
        int contractPageSize,
        Optional<Duration> longestWindow,
        CandlePaging candlePaging,
        int maxDepth,
        int maxTrades,
        int maxConnections,
        List<RateLimit> rates) {
    /** The number of connections to a provider whose descriptor does not specify one. */
    public static final int USUAL_CONNECTIONS = 4;

    public ProviderLimits {
        rates = List.copyOf(rates);
    }

    /** What to ask instead of a query: no more trades than one request returns, where fewer will do. */
    public MarketQuery bounded(MarketQuery query) {
        return query instanceof TradesQuery trades && trades.orFewer() && trades.limit() > maxTrades
                ? new TradesQuery(trades.provider(), trades.instrument(), maxTrades, trades.at(), true)
                : query;
    }

    /** The same with other rate limits: each counts what the provider's own one of the same period counts, if there is one. */
    ProviderLimits withRates(List<RateLimit> others) {
        return new ProviderLimits(
                pageSize,
                contractPageSize,
                longestWindow,
                candlePaging,
                maxDepth,
                maxTrades,
                maxConnections,
                others.stream().map(this::counted).toList());
    }

    private RateLimit counted(RateLimit other) {
        return rates.stream()
                .filter(own -> own.per().equals(other.per()))
                .findFirst()
                .map(own -> new RateLimit(other.amount(), other.per(), own.counts()))
                .orElse(other);
    }
}
