package io.marketbrain.api.candles;

import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.filters.IncompleteStream;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.request.PageCursor;
import io.marketbrain.http.message.Body;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole range of candles as a streamed body. Each page passes the request stack like any other request, with its own
 * deadline, and is written before the next one is fetched, so that at most one page is in memory however long the range
 * is.
 *
 * <p>All pages come from the same source: live and mock data are never mixed.
 */
final class CandleStream implements Body.Stream {
    private static final String CLIENT_DISCONNECTED = "the client disconnected or the server is stopping";
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

    private final QueryExecutor executor;
    private final InstantSource clock;
    private final Call call;
    private final Duration timeout;
    private final Provenance source;
    private final CandleWriter writer;

    /** The first page; null once it is written, so that it can be collected. */
    private @Nullable CandlePage first;

    /**
     * @param call the call that fetched the first page
     * @param timeout the deadline of each further page
     */
    CandleStream(
            QueryExecutor executor,
            InstantSource clock,
            Call call,
            Duration timeout,
            CandlePage first,
            CandleWriter writer) {
        this.executor = executor;
        this.clock = clock;
        this.call = call;
        this.timeout = timeout;
        this.source = first.answer().provenance();
        this.first = first;
        this.writer = writer;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        CandlePage page = Objects.requireNonNull(first);
        first = null;
        write(page, out);
        while (page.next().isPresent()) {
            page = nextPage(page, page.next().get());
            write(page, out);
        }
        writer.end(Optional.empty(), out);
    }

    private void write(CandlePage page, OutputStream out) throws IOException {
        writer.page(page.answer(), page.candles(), out);
        out.flush();
    }

    private CandlePage nextPage(CandlePage page, PageCursor cursor) throws IOException {
        var query = page.query()
                .to(source.provider())
                .in(cursor.from(), page.query().to(), page.query().limit())
                .adjusted(cursor.adjustment());
        return switch (fetch(query, executor.forNextPage(call, timeout))) {
            case Outcome.Success<QueryResult>(QueryResult answer) -> {
                checkSource(answer.provenance());
                yield CandlePage.of(query, answer, clock.instant());
            }
            case Outcome.Failed<QueryResult>(Failure failure) -> throw ended(failure);
        };
    }

    /**
     * Fetches a page. If it is rejected with a retry delay that ends before the page's deadline, waits and tries again.
     */
    private Outcome<QueryResult> fetch(CandlesQuery query, Call page) throws InterruptedIOException {
        while (true) {
            Outcome<QueryResult> outcome = executor.execute(query, page).outcome();
            Optional<Duration> wait = outcome instanceof Outcome.Failed<QueryResult>(Failure failure)
                    ? ProblemResponses.findWait(failure)
                            .map(named -> named.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : named)
                    : Optional.empty();
            if (wait.isEmpty() || wait.get().compareTo(page.deadline().remaining()) >= 0) {
                return outcome;
            }
            pause(wait.get());
        }
    }

    private static void pause(Duration wait) throws InterruptedIOException {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(CLIENT_DISCONNECTED);
        }
    }

    private void checkSource(Provenance later) throws IncompleteStream {
        if (!later.source().equals(source.source())) {
            String change = "the source changed from " + source.source() + " to " + later.source();
            throw new IncompleteStream(
                    call.id(), new Failure.Unreachable(source.provider(), change + " within one response"));
        }
    }

    /** An interrupt means that the client disconnected or the server is stopping: then the stream did not fail. */
    private IOException ended(Failure failure) {
        return Thread.currentThread().isInterrupted()
                ? new InterruptedIOException(CLIENT_DISCONNECTED)
                : new IncompleteStream(call.id(), failure);
    }
}
