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
import java.util.concurrent.atomic.LongAdder;

/**
 * The layer that pays for a call before it is made and settles when it has ended. What may have reached the provider
 * is charged, answered or not; what certainly never left is not. Thread-safe.
 */
public final class BudgetLayer implements Layer {
    private final CostModel costs;
    private final Ledger ledger;
    private final LongAdder paid = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder spentMicros = new LongAdder();

    public BudgetLayer(CostModel costs, Ledger ledger) {
        this.costs = costs;
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
        Money most = costs.atMost(query);
        return switch (ledger.reserve(query.provider(), call.caller().name(), most)) {
            case Outcome.Failed<Ledger.Reservation>(Failure failure) -> {
                refused.increment();
                yield Outcome.failed(failure);
            }
            case Outcome.Success<Ledger.Reservation>(Ledger.Reservation reservation) -> {
                // An exception is a bug after which nobody knows whether the call was made: it stays charged.
                Outcome<Answer> outcome = next.fetch(query, call);
                Money charged = charge(query, outcome);
                reservation.settle(charged);
                paid.increment();
                spentMicros.add(charged.micros());
                if (call.trace().on()) {
                    call.trace().note("reserved", most);
                    call.trace().note("charged", charged);
                }
                yield outcome;
            }
        };
    }

    private Money charge(MarketQuery query, Outcome<Answer> outcome) {
        return switch (outcome) {
            case Outcome.Success<Answer>(Answer answer) -> {
                Money actual = costs.of(query.operation(), answer.data());
                Money most = costs.atMost(query);
                yield actual.compareTo(most) > 0 ? most : actual;
            }
            case Outcome.Failed<Answer>(Failure failure) ->
                mayHaveLeft(failure) ? costs.ofFailure(query.operation()) : Money.NONE;
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
        return Map.of("paid", paid.sum(), "refused", refused.sum(), "spent_micros", spentMicros.sum());
    }
}
