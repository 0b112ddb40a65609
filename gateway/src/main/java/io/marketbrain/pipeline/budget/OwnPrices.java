package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Billing;
import io.marketbrain.model.CostModel;
import io.marketbrain.model.Money;
import io.marketbrain.pipeline.budget.BudgetPolicy.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Configured prices of a provider's calls, for a plan that differs from the descriptor. A price that is set replaces
 * all prices of the descriptor; parts of the billing period that are not set are taken from the descriptor.
 */
public record OwnPrices(
        Optional<Money> perCall,
        Optional<Money> perRecord,
        Optional<Money> perWeight,
        Optional<Long> freeCalls,
        Optional<Period> per,
        Optional<ZoneId> zone) {
    public OwnPrices {
        freeCalls.ifPresent(calls -> {
            if (calls < 0) {
                throw new IllegalArgumentException("the number of free calls must not be negative");
            }
        });
    }

    /** No configured prices: those of the descriptor apply. */
    public static final OwnPrices NONE = new OwnPrices(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A price per call. */
    static OwnPrices perCall(Money price) {
        return new OwnPrices(
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
        Billing bill = described.billing();
        return prices.withBilling(new Billing(
                freeCalls.orElse(bill.freeCalls()),
                per.map(period -> period == Period.DAY ? ChronoUnit.DAYS : ChronoUnit.MONTHS)
                        .orElse(bill.per()),
                zone.orElse(bill.zone())));
    }
}
