package io.marketbrain.provider.descriptor;

import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.cost.RateLimit;
import java.util.List;

/**
 * What a provider sends and allows at the most.
 *
 * @param pageSize the most candles one request returns
 * @param candlePaging how to get at more candles than that
 * @param maxDepth the most levels a side of an order book
 * @param maxTrades the most trades one request returns
 * @param maxConnections how many connections the gateway may have open to it
 * @param rates what it allows its callers per stretch of time
 */
public record ProviderLimits(
        int pageSize,
        CandlePaging candlePaging,
        int maxDepth,
        int maxTrades,
        int maxConnections,
        List<RateLimit> rates) {
    /** How many connections a provider gets whose descriptor names no number. */
    public static final int USUAL_CONNECTIONS = 4;

    public ProviderLimits {
        rates = List.copyOf(rates);
    }
}
