package io.marketbrain.pipeline.paging;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.pipeline.CandleMerge;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The layer that requests candles in pages if more are needed than the provider returns at once. All pages share the
 * call's deadline; a page that fails fails the whole query, because a partial result would look complete. Thread-safe.
 */
public final class PagingLayer implements Layer {
    /** The most requests for one query; a query that needs more covers a range with almost no candles. */
    static final int MAX_PAGES = 40;

    private final PagingConfig config;
    private final InstantSource clock;

    public PagingLayer(PagingConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "paging";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> {
            if (query instanceof CandlesQuery asked) {
                PagePolicy policy = new PagePolicy(asked, config, clock.instant());
                return policy.isOnePage()
                        ? next.fetch(query, call).map(policy::flagged)
                        : pages(asked, policy, call, next);
            }
            return next.fetch(query, call);
        };
    }

    private Outcome<QueryResult> pages(CandlesQuery asked, PagePolicy policy, Call call, MarketDataSource next) {
        var merge = new CandleMerge(asked.interval(), clock.instant());
        NavigableMap<Instant, Candle> merged = merge.byTime();
        CandlesQuery page = policy.first();
        List<CorporateAction> actions = List.of();
        for (int pages = 1; pages <= MAX_PAGES; pages++) {
            Outcome<QueryResult> outcome = next.fetch(page, pages == 1 ? call : call.forNextPage());
            if (!(outcome instanceof Outcome.Success<QueryResult>(QueryResult answer))) {
                return outcome;
            }
            if (!(answer.data() instanceof Candles candles)) {
                throw new IllegalStateException("a page of candles contains no candles");
            }
            int before = merged.size();
            merge.add(candles.candles());
            actions = CorporateAction.merge(actions, candles.actions(), Instant.MIN, Instant.MAX);
            boolean ignored = policy.isIgnored(page, candles.candles());
            Optional<CandlesQuery> more = ignored
                    ? Optional.empty()
                    : policy.next(page, merged, candles.candles().size(), merged.size() - before);
            if (more.isEmpty()) {
                var result = new QueryResult(
                        candles.with(List.copyOf(merged.values()), List.of()).withActions(actions),
                        answer.provenance()
                                .withFlags(merge.flags(answer.provenance().flags())));
                return Outcome.success(ignored ? policy.flaggedAsIgnored(result) : policy.flagged(result));
            }
            if (call.deadline().passed()) {
                return Outcome.failed(new Failure.DeadlinePassed("the deadline passed after " + merged.size()
                        + " of up to " + asked.limit() + " candles; request fewer or raise the timeout"));
            }
            page = more.get();
        }
        return Outcome.failed(new Failure.Unsupported(
                asked.provider(),
                "only " + merged.size() + " candles of " + asked.provider() + " are in the first " + MAX_PAGES
                        + " pages of this range; choose a later 'from'"));
    }
}
