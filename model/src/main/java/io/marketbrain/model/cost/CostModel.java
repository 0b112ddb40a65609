package io.marketbrain.model.cost;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** A provider's prices by operation, and its billing period. Operations without a price are free. Immutable. */
public record CostModel(Map<Operation, Cost> byOperation, BillingPeriod billing) {
    public static final CostModel FREE = new CostModel(Map.of());

    public CostModel {
        byOperation = Map.copyOf(byOperation);
    }

    /** Prices with the default billing period. */
    public CostModel(Map<Operation, Cost> byOperation) {
        this(byOperation, BillingPeriod.DEFAULT);
    }

    /**
     * The price of one call.
     *
     * @param perRecord for each record (candle, trade, level, observation, item) it returns
     * @param perWeight for each unit of the call's weight, in the provider's own units
     */
    public record Cost(Money perCall, Money perRecord, Money perWeight) {
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
    public CostModel withBilling(BillingPeriod other) {
        return new CostModel(byOperation, other);
    }

    public boolean isFree() {
        return byOperation.values().stream().allMatch(Cost::isNone);
    }

    /** The highest possible cost of a call for {@code query} with this weight. */
    public Money atMost(MarketQuery query, long weight) {
        return price(query.operation(), query.maxRecords(), weight);
    }

    /** The cost of a call that returned {@code data}. */
    public Money of(Operation operation, MarketData data, long weight) {
        return price(operation, data.records(), weight);
    }

    /** The cost of a call that was made and returned no data. */
    public Money ofFailure(Operation operation, long weight) {
        return price(operation, 0, weight);
    }

    private Money price(Operation operation, long records, long weight) {
        Cost cost = byOperation.get(operation);
        if (cost == null) {
            return operation == Operation.SYMBOLS ? ofUnpricedCall(weight) : Money.NONE;
        }
        return cost.perCall()
                .plus(cost.perRecord().times(records))
                .plus(cost.perWeight().times(weight));
    }

    /** A list of symbols without a configured price is assumed to cost as much as the most expensive operation. */
    private Money ofUnpricedCall(long weight) {
        return byOperation.keySet().stream()
                .map(operation -> price(operation, 0, weight))
                .max(Comparator.naturalOrder())
                .orElse(Money.NONE);
    }
}
