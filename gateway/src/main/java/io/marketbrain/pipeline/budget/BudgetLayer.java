package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.CostModel;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Money;
import io.marketbrain.model.Outcome;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/**
 * The layer that pays for a call before it is made and settles when it has ended. What may have reached the provider
 * is charged, answered or not; what certainly never left is not. Thread-safe.
 */
public final class BudgetLayer implements Layer {
    private final CostModel costs;
    private final ToLongFunction<MarketQuery> weight;
    private final Ledger ledger;
    private final LongAdder paid = new LongAdder();
    private final LongAdder free = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder spentMicros = new LongAdder();

    /** {@code weight} says what a query's call counts in the provider's own units. */
    public BudgetLayer(CostModel costs, ToLongFunction<MarketQuery> weight, Ledger ledger) {
        this.costs = costs;
        this.weight = weight;
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "budget";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return costs.isFree() ? next : (query, call) -> fetch(next, query, call);
    }

    private Outcome<Answer> fetch(MarketDataSource next, MarketQuery query, Call call) {
        long heavy = weight.applyAsLong(query);
        Money most = costs.atMost(query, heavy);
        if (most.isNone()) {
            return next.fetch(query, call);
        }
        Optional<Ledger.Reservation> gratis =
                ledger.findFree(query.provider(), call.caller().name(), costs.billing());
        if (gratis.isPresent()) {
            return fetchFree(next, query, call, gratis.get());
        }
        return switch (ledger.reserve(query.provider(), call.caller().name(), most)) {
            case Outcome.Failed<Ledger.Reservation>(Failure failure) -> {
                refused.increment();
                yield Outcome.failed(failure);
            }
            case Outcome.Success<Ledger.Reservation>(Ledger.Reservation reservation) -> {
                // An exception is a bug after which nobody knows whether the call was made: it stays charged.
                Outcome<Answer> outcome = next.fetch(query, call);
                Money charged = charge(query, outcome, heavy, most);
                reservation.settle(charged);
                paid.increment();
                spentMicros.add(charged.micros());
                note(call, most, charged);
                yield outcome;
            }
        };
    }

    private Outcome<Answer> fetchFree(
            MarketDataSource next, MarketQuery query, Call call, Ledger.Reservation reservation) {
        Outcome<Answer> outcome = next.fetch(query, call);
        if (outcome instanceof Outcome.Failed<Answer>(Failure failure) && !mayHaveLeft(failure)) {
            reservation.settle(Money.NONE);
        } else {
            free.increment();
        }
        note(call, Money.NONE, Money.NONE);
        return outcome;
    }

    private static void note(Call call, Money reserved, Money charged) {
        if (call.trace().on()) {
            call.trace().note("reserved", reserved);
            call.trace().note("charged", charged);
        }
    }

    private Money charge(MarketQuery query, Outcome<Answer> outcome, long heavy, Money most) {
        return switch (outcome) {
            case Outcome.Success<Answer>(Answer answer) -> {
                Money actual = costs.of(query.operation(), answer.data(), heavy);
                yield actual.compareTo(most) > 0 ? most : actual;
            }
            case Outcome.Failed<Answer>(Failure failure) ->
                mayHaveLeft(failure) ? costs.ofFailure(query.operation(), heavy) : Money.NONE;
        };
    }

    /** Whether the request may have reached the provider. */
    static boolean mayHaveLeft(Failure failure) {
        return switch (failure) {
            case Failure.Unreachable unreachable -> unreachable.sent();
            case Failure.Upstream _ -> true;
            case Failure.CallerFault _ -> true;
            // An attempt that was cut off by an impatient caller was on its way.
            case Failure.DeadlinePassed _ -> true;
            case Failure.BudgetExhausted _, Failure.RateLimited _, Failure.Shed _ -> false;
            case Failure.NoProviderAnswered _, Failure.Bug _ -> true;
        };
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of(
                "paid", paid.sum(), "free", free.sum(), "refused", refused.sum(), "spent_micros", spentMicros.sum());
    }
}
