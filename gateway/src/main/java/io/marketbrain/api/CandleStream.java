package io.marketbrain.api;

import io.marketbrain.api.http.Body;
import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole range of candles as a streamed body: page after page passes the request stack, each a request like any other
 * with a deadline of its own, and is written before the next one is asked for, so that no more than one page is held
 * however long the range is.
 *
 * <p>Each page begins with the last candle of the page before, so that a gap between the two is found like any other. All
 * pages come from the provider of the first one, and none of them is mock unless all are.
 */
final class CandleStream implements Body.Stream {
    private static final String CLIENT_GONE = "the client has gone, or the server stops";
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

    private final Asking asking;
    private final InstantSource clock;
    private final Call call;
    private final Duration timeout;
    private final Provenance source;
    private final CandleWriter writer;

    /** The first page, until it is written: a stream holds one page at a time. */
    private @Nullable CandlePage first;

    /**
     * @param call the call that the first page answered
     * @param timeout for each page
     */
    CandleStream(
            Asking asking, InstantSource clock, Call call, Duration timeout, CandlePage first, CandleWriter writer) {
        this.asking = asking;
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
            page = following(page);
            if (page.candles().candles().isEmpty()) {
                break; // the page before was the last one, though it was full
            }
            write(page, out);
        }
        writer.end(Optional.empty(), out);
    }

    private void write(CandlePage page, OutputStream out) throws IOException {
        writer.page(page.answer(), page.candles(), out);
        out.flush();
    }

    private CandlePage following(CandlePage page) throws IOException {
        Instant last = page.lastOpen();
        var query = new CandlesQuery(
                source.provider(),
                page.query().instrument(),
                page.query().interval(),
                last,
                page.query().to(),
                page.query().limit());
        return switch (ask(query, asking.again(call, timeout))) {
            case Outcome.Success<Answer>(Answer answer) -> {
                checkSource(answer.provenance());
                yield CandlePage.of(query, answer, clock.instant()).after(last);
            }
            case Outcome.Failed<Answer>(Failure failure) -> throw ended(failure);
        };
    }

    /** The answer for a page; where it is refused for a while that ends within the page's time, it is asked for again. */
    private Outcome<Answer> ask(CandlesQuery query, Call page) throws InterruptedIOException {
        while (true) {
            Outcome<Answer> outcome = asking.ask(query, page).outcome();
            Optional<Duration> wait = outcome instanceof Outcome.Failed<Answer>(Failure failure)
                    ? Problems.findWait(failure)
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
            throw new InterruptedIOException(CLIENT_GONE);
        }
    }

    private void checkSource(Provenance later) throws IncompleteStream {
        if (!later.source().equals(source.source())) {
            String change = "the source changed from " + source.source() + " to " + later.source();
            throw new IncompleteStream(
                    call.id(), new Failure.Unreachable(source.provider(), change + " within one answer"));
        }
    }

    /** An interrupt means that the client is gone, or the server stops: then nobody failed. */
    private IOException ended(Failure failure) {
        return Thread.currentThread().isInterrupted()
                ? new InterruptedIOException(CLIENT_GONE)
                : new IncompleteStream(call.id(), failure);
    }
}
