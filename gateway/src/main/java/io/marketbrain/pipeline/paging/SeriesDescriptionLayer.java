package io.marketbrain.pipeline.paging;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The layer that asks what a series is (its title, its unit) where a provider's values do not say it: one further request,
 * whose answer is kept for a day, and which is sent once however many callers need it. If it fails, the values are returned
 * without it and with a flag; it is sent again after some minutes if the provider has failed, at once if it was not sent or had
 * too little time. Thread-safe.
 */
public final class SeriesDescriptionLayer implements Layer {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int MOST_KEPT = 1000;

    private final MarketDataSource descriptions;
    private final NanoClock clock;
    private final Map<String, Kept> byId = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /** @param descriptions answers {@link SeriesQuery#description} */
    public SeriesDescriptionLayer(MarketDataSource descriptions, NanoClock clock) {
        this.descriptions = descriptions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "series-description";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> {
            Outcome<QueryResult> outcome = next.fetch(query, call);
            if (query instanceof SeriesQuery asked
                    && InstrumentSeries.find(asked.id()).isEmpty()
                    && outcome instanceof Outcome.Success<QueryResult>(QueryResult answer)
                    && answer.data() instanceof Series series
                    && series.unit() == null) {
                return Outcome.success(kept(asked.id())
                        .description(asked, call)
                        .map(found -> new QueryResult(series.describedBy(found), answer.provenance()))
                        .orElseGet(() -> answer.with(answer.provenance()
                                .withFlag(QualityFlag.notDescribed(
                                        asked.provider() + " could not be asked for the unit of " + asked.id())))));
            }
            return outcome;
        };
    }

    private Kept kept(String id) {
        synchronized (byId) {
            return byId.computeIfAbsent(id, _ -> new Kept());
        }
    }

    /** The latest description of one series, if there was any, which is good until a reading of the clock. */
    private final class Kept {
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<Series> description = Optional.empty();
        private long until = clock.nanos();

        Optional<Series> description(SeriesQuery asked, Call call) {
            try {
                if (!lock.tryLock(longestWait(call).toNanos(), TimeUnit.NANOSECONDS)) {
                    return Optional.empty();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            try {
                return clock.nanos() - until < 0 ? description : ask(asked, call);
            } finally {
                lock.unlock();
            }
        }

        private Optional<Series> ask(SeriesQuery asked, Call call) {
            if (call.deadline().passed()) {
                return Optional.empty();
            }
            boolean hasTime = call.deadline().remaining().compareTo(LONGEST_WAIT) >= 0;
            Outcome<QueryResult> outcome = descriptions.fetch(
                    asked.description(), call.until(call.deadline().within(LONGEST_WAIT)));
            if (outcome instanceof Outcome.Success<QueryResult>(QueryResult answer)
                    && answer.data() instanceof Series series) {
                description = Optional.of(series);
                until = clock.nanos() + KEPT.toNanos();
            } else if (isOfProvider(outcome, hasTime)) {
                until = clock.nanos() + AFTER_FAILURE.toNanos();
            }
            return description;
        }
    }

    private static Duration longestWait(Call call) {
        Duration left = call.deadline().remaining();
        return left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    }

    /** Whether a failure is one that other callers would get as well. */
    private static boolean isOfProvider(Outcome<QueryResult> outcome, boolean hadTime) {
        return outcome instanceof Outcome.Failed<QueryResult>(Failure failure)
                && !(failure instanceof Failure.Refused)
                && (hadTime || !(failure instanceof Failure.TimedOut));
    }
}
