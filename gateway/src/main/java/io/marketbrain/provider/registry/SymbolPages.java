package io.marketbrain.provider.registry;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's list of symbols whose pages are requested one after another, each through all layers. If a page cannot be had, as
 * when the deadline or a quota ends the list, what came before it is the list, which says why: nothing is unknown because
 * it is not listed. Thread-safe.
 */
public final class SymbolPages implements MarketDataSource {
    /** As many pages are requested. */
    static final int MAX_PAGES = 40;

    /** The wait for a page that the limit of calls a second leaves to a list. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** Waits for a time. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    private final MarketDataSource pages;
    private final Pause pause;

    public SymbolPages(MarketDataSource pages, Pause pause) {
        this.pages = pages;
        this.pause = pause;
    }

    @Override
    public Outcome<QueryResult> fetch(MarketQuery query, Call call) {
        Outcome<QueryResult> first = pages.fetch(query, call);
        if (!(query instanceof SymbolsQuery asked)
                || !(first instanceof Outcome.Success<QueryResult>(QueryResult result))
                || !(result.data() instanceof Symbols page)
                || page.next() == null) {
            return first;
        }
        List<ListedSymbol> symbols = new ArrayList<>(page.symbols());
        int rejected = page.rejected();
        @Nullable String next = page.next();
        @Nullable String problem = null;
        for (int i = 1; i < MAX_PAGES && next != null; i++) {
            Outcome<QueryResult> further = page(asked.continuedAt(next), call);
            if (further instanceof Outcome.Failed<QueryResult>(Failure failure)) {
                problem = failure.message();
                break;
            }
            if (!(further instanceof Outcome.Success<QueryResult>(QueryResult added))
                    || !(added.data() instanceof Symbols more)) {
                break;
            }
            symbols.addAll(more.symbols());
            rejected += more.rejected();
            next = next.equals(more.next()) ? null : more.next();
        }
        return Outcome.success(new QueryResult(new Symbols(symbols, rejected, next, problem), result.provenance()));
    }

    /** A page, requested again after a short wait where the own limit was used up by the page before. */
    private Outcome<QueryResult> page(SymbolsQuery query, Call call) {
        Outcome<QueryResult> page = pages.fetch(query, call);
        if (page instanceof Outcome.Failed<QueryResult>(Failure.RateLimited limited)
                && limited.retryAfter().compareTo(LONGEST_WAIT) <= 0
                && limited.retryAfter().compareTo(call.deadline().remaining()) < 0) {
            try {
                pause.sleep(limited.retryAfter());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return page;
            }
            return pages.fetch(query, call);
        }
        return page;
    }

    @Override
    public String toString() {
        return pages.toString();
    }
}
