package io.marketbrain.model;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** A provider's prices by operation, and its billing period. Operations without a price are free. Immutable. */
public record CostModel(Map<Operation, Cost> byOperation, Billing billing) {
    public static final CostModel FREE = new CostModel(Map.of());

    public CostModel {
        byOperation = Map.copyOf(byOperation);
    }

    /** Prices with the default billing period. */
    public CostModel(Map<Operation, Cost> byOperation) {
        this(byOperation, Billing.DEFAULT);
    }

    /**
     * The price of one call.
     *
     * @param perRecord for each record (candle, trade, level, observation, item) it returns
     * @param perWeight for each unit of the call's weight, in the provider's own units
     */
    public record Cost(Money perCall, Money perRecord, Money perWeight) {
        static final Cost NOTHING = new Cost(Money.NONE, Money.NONE);

        public Cost(Money perCall, Money perRecord) {
            this(perCall, perRecord, Money.NONE);
        }

        boolean isNone() {
            return perCall.isNone() && perRecord.isNone() && perWeight.isNone();
        }
    }

    /** The same price for every call. */
    public static CostModel perCall(Money price) {
        return same(new Cost(price, Money.NONE));
    }

    /** The same price for every operation. */
    public static CostModel same(Cost price) {
        var costs = new EnumMap<Operation, Cost>(Operation.class);
        for (Operation operation : Operation.values()) {
            costs.put(operation, price);
        }
        return new CostModel(costs);
    }

    /** The same prices with another billing period. */
    public CostModel withBilling(Billing other) {
        return new CostModel(byOperation, other);
    }

    public boolean isFree() {
        return byOperation.values().stream().allMatch(Cost::isNone);
    }

    /**
     * The price of a call of the given weight that is none of the operations: the price of the most expensive
     * operation.
     */
    public Money ofOtherCall(long weight) {
        return byOperation.keySet().stream()
                .map(operation -> price(operation, 0, weight))
                .max(Comparator.naturalOrder())
                .orElse(Money.NONE);
    }

    /** The upper bound of what {@code query} can cost, for a call of the given weight. */
    public Money atMost(MarketQuery query, long weight) {
        long records = switch (query) {
            case MarketQuery.QuoteQuery _ -> 1;
            case MarketQuery.CandlesQuery q -> q.limit();
            case MarketQuery.BookQuery q -> 2L * q.depth();
            case MarketQuery.TradesQuery q -> q.limit();
            case MarketQuery.SeriesQuery q -> q.limit();
            case MarketQuery.NewsQuery q -> q.limit();
        };
        return price(query.operation(), records, weight);
    }

    /** The cost of a call that returned {@code data}. */
    public Money of(Operation operation, MarketData data, long weight) {
        long records = switch (data) {
            case MarketData.Quote _ -> 1;
            case MarketData.Candles c -> c.candles().size();
            case MarketData.OrderBook b -> b.bids().size() + (long) b.asks().size();
            case MarketData.Trades t -> t.trades().size();
            case MarketData.Series s -> s.observations().size();
            case MarketData.NewsItems n -> n.items().size();
        };
        return price(operation, records, weight);
    }

    /** The cost of a call that was made and returned no data. */
    public Money ofFailure(Operation operation, long weight) {
        return price(operation, 0, weight);
    }

    private Money price(Operation operation, long records, long weight) {
        Cost cost = byOperation.getOrDefault(operation, Cost.NOTHING);
        return cost.perCall()
                .plus(cost.perRecord().times(records))
                .plus(cost.perWeight().times(weight));
    }
}
