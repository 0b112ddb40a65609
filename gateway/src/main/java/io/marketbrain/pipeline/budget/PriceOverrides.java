package io.marketbrain.pipeline.budget;

import io.marketbrain.model.SettingRange;
import io.marketbrain.model.cost.BillingPeriod;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.budget.BudgetPolicy.Period;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Configured prices of a provider's calls, for a plan that differs from the descriptor. A price that is set replaces
 * all prices of the descriptor; parts of the billing period that are not set are taken from the descriptor.
 */
public record PriceOverrides(
        Optional<Money> perCall,
        Optional<Money> perRecord,
        Optional<Money> perWeight,
        Optional<Long> freeCalls,
        Optional<Period> per,
        Optional<ZoneId> zone) {
    /** What may be charged for one thing, and what may be spent. */
    public static final SettingRange<BigDecimal> AMOUNT =
            SettingRange.of("costs", BigDecimal.ZERO, new BigDecimal("1000000000"));

    public static final SettingRange<Integer> FREE_CALLS = SettingRange.of("billing.free_calls", 0, 1_000_000_000);

    public PriceOverrides {
        Stream.of(perCall, perRecord, perWeight)
                .flatMap(Optional::stream)
                .forEach(price -> AMOUNT.check(price.decimal()));
        freeCalls
                .map(calls -> Math.clamp(calls, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .ifPresent(FREE_CALLS::check);
    }

    /** No configured prices: those of the descriptor apply. */
    public static final PriceOverrides NONE = new PriceOverrides(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A price per call. */
    static PriceOverrides perCall(Money price) {
        return new PriceOverrides(
                Optional.of(price),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    CostModel over(CostModel described) {
        boolean priced = perCall.isPresent() || perRecord.isPresent() || perWeight.isPresent();
        CostModel prices = priced
                ? CostModel.same(new CostModel.Cost(
                        perCall.orElse(Money.NONE), perRecord.orElse(Money.NONE), perWeight.orElse(Money.NONE)))
                : described;
        BillingPeriod bill = described.billing();
        return prices.withBilling(new BillingPeriod(
                freeCalls.orElse(bill.freeCalls()),
                per.map(period -> period == Period.DAY ? ChronoUnit.DAYS : ChronoUnit.MONTHS)
                        .orElse(bill.per()),
                zone.orElse(bill.zone())));
    }
}
