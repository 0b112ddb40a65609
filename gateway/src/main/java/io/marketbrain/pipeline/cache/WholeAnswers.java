package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.CacheNote.Forward;
import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.Flights.Seat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way of a question whose answer is kept as a whole. Thread-safe. */
final class WholeAnswers {
    private final Serving serving;
    private final MarketDataSource next;

    WholeAnswers(Serving serving, MarketDataSource next) {
        this.serving = serving;
        this.next = next;
    }

    Outcome<Answer> fetch(MarketQuery query, Call call) {
        CacheKey key = serving.key(query, call);
        Tiers.Look look = serving.look(key);
        Entry entry = look.entry();
        if (entry != null && look.verdict().servesAtOnce()) {
            if (look.verdict().refreshes()) {
                serving.refresh(List.of(key), call, this::ask);
            }
            return Outcome.success(serving.hit(entry, look.tier(), look.verdict(), call));
        }
        Optional<Failure> standing = serving.standing(look.refusal(), call);
        return standing.isPresent() ? Outcome.failed(standing.get()) : await(key, entry, call);
    }

    private Outcome<Answer> await(CacheKey key, @Nullable Entry lastResort, Call call) {
        boolean counted = false;
        while (true) {
            Seat seat = serving.seat(key);
            boolean late = seat.flight().overtaken();
            if (seat.first()) {
                serving.load(List.of(seat), call, this::ask);
            }
            Optional<Landing> landing = seat.flight().await(call.deadline());
            boolean again = landing.isPresent() && (late || landing.get() instanceof Landing.Left);
            if (again && !call.deadline().passed()) {
                continue;
            }
            if (!seat.first() && !counted) {
                counted = true;
                serving.count(Event.COLLAPSED);
            }
            if (landing.isPresent() && landing.get() instanceof Landing.Arrived(Entry entry, Tier tier)) {
                if (tier == Tier.ORIGIN) {
                    serving.count(Event.MISSES);
                }
                Forward why = lastResort == null ? Forward.MISS : Forward.STALE;
                return Outcome.success(serving.arrived(entry, tier, why, !seat.first(), call));
            }
            serving.count(Event.MISSES);
            if (lastResort != null && serving.judge(lastResort) != Verdict.GONE) {
                return Outcome.success(serving.hit(lastResort, Tier.L1, Verdict.DEGRADED, call));
            }
            return Outcome.failed(
                    landing.isPresent() && landing.get() instanceof Landing.Failed(Failure failure)
                            ? failure
                            : new Failure.DeadlinePassed("the time for this request was up before an answer came"));
        }
    }

    private Map<CacheKey, Outcome<Answer>> ask(List<CacheKey> keys, Call call) {
        CacheKey key = keys.getFirst();
        serving.count(Event.LOADS);
        return Map.of(key, next.fetch(key.query(), call));
    }
}
