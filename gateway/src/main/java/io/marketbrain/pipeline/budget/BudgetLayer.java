package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/**
 * The layer that reserves the maximum cost of a call before the call is made and settles the actual cost afterwards. A
 * call that may have reached the provider is charged, whether it succeeded or not; a call that certainly was not sent
 * is not charged. Thread-safe.
 */
public final class BudgetLayer implements Layer {
    private final CostModel costs;
    private final ToLongFunction<MarketQuery> weight;
    private final Ledger ledger;
    private final LongAdder paid = new LongAdder();
    private final LongAdder free = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder spentMicros = new LongAdder();

    /** @param weight the weight of a query's call, in the provider's own units */
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

    private Outcome<QueryResult> fetch(MarketDataSource next, MarketQuery query, Call call) {
        long callWeight = weight.applyAsLong(query);
        Money maxCost = costs.atMost(query, callWeight);
        if (maxCost.isNone()) {
            return next.fetch(query, call);
        }
        Optional<Ledger.Reservation> freeCall =
                ledger.findFree(query.provider(), call.caller().name(), costs.billing());
        if (freeCall.isPresent()) {
            return fetchFree(next, query, call, freeCall.get());
        }
        return switch (ledger.reserve(query.provider(), call.caller().name(), maxCost)) {
            case Outcome.Failed<Ledger.Reservation>(Failure failure) -> {
                refused.increment();
                yield Outcome.failed(failure);
            }
            case Outcome.Success<Ledger.Reservation>(Ledger.Reservation reservation) -> {
                // If this throws (a bug), it is unknown whether the call was sent, so it stays charged.
                Outcome<QueryResult> outcome = next.fetch(query, call);
                Money charged = charge(query, outcome, callWeight, maxCost);
                reservation.settle(charged);
                paid.increment();
                spentMicros.add(charged.micros());
                note(call, maxCost, charged);
                yield outcome;
            }
        };
    }

    private Outcome<QueryResult> fetchFree(
            MarketDataSource next, MarketQuery query, Call call, Ledger.Reservation reservation) {
        Outcome<QueryResult> outcome = next.fetch(query, call);
        if (outcome instanceof Outcome.Failed<QueryResult>(Failure failure) && !mayHaveReachedProvider(failure)) {
            reservation.settle(Money.NONE);
        } else {
            free.increment();
        }
        note(call, Money.NONE, Money.NONE);
        return outcome;
    }

    /** What is left of the free calls of the provider whose layer this is, in percent; 100 if it has none. */
    public int freePercentLeft(ProviderId provider) {
        return costs.isFree() ? 100 : ledger.freePercentLeft(provider, costs.billing());
    }

    private static void note(Call call, Money reserved, Money charged) {
        if (call.trace().on()) {
            call.trace().note("reserved", reserved);
            call.trace().note("charged", charged);
        }
    }

    private Money charge(MarketQuery query, Outcome<QueryResult> outcome, long callWeight, Money maxCost) {
        return switch (outcome) {
            case Outcome.Success<QueryResult>(QueryResult answer) -> {
                Money actual = costs.of(query.operation(), answer.data(), callWeight);
                yield actual.compareTo(maxCost) > 0 ? maxCost : actual;
            }
            case Outcome.Failed<QueryResult>(Failure failure) ->
                mayHaveReachedProvider(failure) ? costs.ofFailure(query.operation(), callWeight) : Money.NONE;
        };
    }

    /** Whether the request may have reached the provider, and so may be charged. */
    static boolean mayHaveReachedProvider(Failure failure) {
        return switch (failure) {
            case Failure.Unreachable unreachable -> unreachable.sent();
            case Failure.Upstream _ -> true;
            case Failure.CallerFault _ -> true;
            // An attempt that was cancelled by its caller may already have been sent.
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
