package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Billing;
import io.marketbrain.model.CostModel;
import io.marketbrain.model.Money;
import io.marketbrain.pipeline.budget.BudgetPolicy.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a provider's calls cost where its owner says other than its descriptor: a plan of one's own. A price that is named
 * replaces all that the descriptor has; what of the bill is not named stays as there.
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
                throw new IllegalArgumentException("free calls are never negative");
            }
        });
    }

    /** What the descriptor says. */
    public static final OwnPrices NONE = new OwnPrices(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** So much a call. */
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
