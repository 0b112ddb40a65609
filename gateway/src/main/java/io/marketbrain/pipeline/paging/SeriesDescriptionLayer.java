package io.marketbrain.pipeline.paging;

import io.marketbrain.model.Call;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The layer that asks what a series is (its title, its unit) where a provider's values do not say it: one further request,
 * whose answer is kept for a day. If that request fails, the values are returned without it, and it is sent again after some
 * minutes. Thread-safe.
 */
public final class SeriesDescriptionLayer implements Layer {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
    private static final int MOST_KEPT = 1000;

    /** A description, or that there is none for now; until a reading of the clock. */
    private record Kept(Optional<Series> description, long until) {}

    private final NanoClock clock;
    private final Map<String, Kept> byId = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };

    public SeriesDescriptionLayer(NanoClock clock) {
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
                return Outcome.success(description(asked, call, next)
                        .map(found -> new QueryResult(series.describedBy(found), answer.provenance()))
                        .orElse(answer));
            }
            return outcome;
        };
    }

    private Optional<Series> description(SeriesQuery asked, Call call, MarketDataSource next) {
        Kept kept = find(asked.id());
        if (kept != null && clock.nanos() - kept.until() < 0) {
            return kept.description();
        }
        if (call.deadline().passed()) {
            return Optional.empty();
        }
        Optional<Series> found =
                next.fetch(asked.description(), call) instanceof Outcome.Success<QueryResult>(var answer)
                                && answer.data() instanceof Series series
                        ? Optional.of(series)
                        : Optional.empty();
        Duration time = found.isPresent() ? KEPT : AFTER_FAILURE;
        put(asked.id(), new Kept(found, clock.nanos() + time.toNanos()));
        return found;
    }

    private @Nullable Kept find(String id) {
        synchronized (byId) {
            return byId.get(id);
        }
    }

    private void put(String id, Kept kept) {
        synchronized (byId) {
            byId.put(id, kept);
        }
    }
}
