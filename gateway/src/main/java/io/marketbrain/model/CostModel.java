package io.marketbrain.model;

import java.util.Map;

/** What a provider charges, by operation; what is not named is free. Immutable. */
public record CostModel(Map<Operation, Cost> byOperation) {
    public static final CostModel FREE = new CostModel(Map.of());

    public CostModel {
        byOperation = Map.copyOf(byOperation);
    }

    /** The price of one call, and of each record (candle, trade, level, observation, item) it returns. */
    public record Cost(Money perCall, Money perRecord) {
        static final Cost NOTHING = new Cost(Money.NONE, Money.NONE);
    }

    /** The same price for every call. */
    public static CostModel perCall(Money price) {
        var costs = new java.util.EnumMap<Operation, Cost>(Operation.class);
        for (Operation operation : Operation.values()) {
            costs.put(operation, new Cost(price, Money.NONE));
        }
        return new CostModel(costs);
    }

    public boolean isFree() {
        return byOperation.values().stream()
                .allMatch(cost -> cost.perCall().isNone() && cost.perRecord().isNone());
    }

    /** The price of a call that is none of the operations: that of the dearest. */
    public Money ofOtherCall() {
        return byOperation.values().stream()
                .map(Cost::perCall)
                .max(java.util.Comparator.naturalOrder())
                .orElse(Money.NONE);
    }

    /** The most that an answer to {@code query} can cost. */
    public Money atMost(MarketQuery query) {
        long records = switch (query) {
            case MarketQuery.QuoteQuery _ -> 1;
            case MarketQuery.CandlesQuery q -> q.limit();
            case MarketQuery.BookQuery q -> 2L * q.depth();
            case MarketQuery.TradesQuery q -> q.limit();
            case MarketQuery.SeriesQuery q -> q.limit();
            case MarketQuery.NewsQuery q -> q.limit();
        };
        return price(query.operation(), records);
    }

    /** What an answer with this data costs. */
    public Money of(Operation operation, MarketData data) {
        long records = switch (data) {
            case MarketData.Quote _ -> 1;
            case MarketData.Candles c -> c.candles().size();
            case MarketData.OrderBook b -> b.bids().size() + (long) b.asks().size();
            case MarketData.Trades t -> t.trades().size();
            case MarketData.Series s -> s.observations().size();
            case MarketData.NewsItems n -> n.items().size();
        };
        return price(operation, records);
    }

    /** What a call costs that was made and brought nothing. */
    public Money ofFailure(Operation operation) {
        return price(operation, 0);
    }

    private Money price(Operation operation, long records) {
        Cost cost = byOperation.getOrDefault(operation, Cost.NOTHING);
        return cost.perCall().plus(cost.perRecord().times(records));
    }
}
