package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.BookKeeper.Applied;
import io.marketbrain.provider.feed.FeedSignal.BookChange;
import io.marketbrain.provider.feed.FeedSignal.BookSnapshot;
import io.marketbrain.provider.feed.FeedTerms.BookStart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An order book, rebuilt by the provider's own rule: from a snapshot in the feed, or from a request whose sequence number the
 * changes continue. A missing change or a wrong checksum starts this book anew, no other.
 */
final class BookState extends KeyState {
    /** How often a book without numbers and checksums is started anew because it is crossed: it may be so at the exchange. */
    private static final Duration CROSSED = Duration.ofMinutes(1);

    /** How many changes may wait for that request. */
    private static final int MOST_WAITING = 5_000;

    private final BookKeeper book;
    private final Runnable resync;
    private final MailBox mailBox;
    private final boolean asks;
    private final Deque<BookChange> waiting = new ArrayDeque<>();
    private boolean asking;
    private int failedRequests;
    private long notBefore;
    private @Nullable Long crossedAt;
    private boolean fresh = true;

    /** @param resync subscribes to the key anew */
    BookState(FeedContext context, FeedChannel subscribed, StreamKind.Book kind, Runnable resync, MailBox mailBox) {
        super(context, subscribed);
        this.book = new BookKeeper(context.adapter().bookDepth(kind));
        this.resync = resync;
        this.mailBox = mailBox;
        this.asks = context.adapter().terms().bookStart() == BookStart.REQUEST;
    }

    @Override
    void accept(FeedSignal signal, Instant now) {
        if (signal instanceof BookSnapshot snapshot) {
            if (!isOvertaken(snapshot)) {
                book.start(snapshot);
                checked(snapshot.checksum(), true, now);
            }
        } else if (signal instanceof BookChange change) {
            if (book.started()) {
                change(change, now);
            } else if (asks) {
                hold(change);
            }
        }
    }

    /** Some providers send whole books only: one that has been overtaken says nothing new. */
    private boolean isOvertaken(BookSnapshot snapshot) {
        Instant known = book.asOf();
        Instant own = snapshot.asOf();
        return book.started() && known != null && own != null && own.isBefore(known);
    }

    private void change(BookChange change, Instant now) {
        switch (book.apply(change)) {
            case YES ->
                checked(
                        change.checksum(),
                        change.sequence() != null
                                || !change.bids().isEmpty()
                                || !change.asks().isEmpty(),
                        now);
            case CONTAINED -> {}
            case BROKEN -> {
                startAnew(now, "a change of the order book was missing");
                if (asks) {
                    hold(change);
                }
            }
        }
    }

    /** @param changed whether there is something to tell; a message may have nothing but a checksum */
    private void checked(@Nullable Long checksum, boolean changed, Instant now) {
        if (showsLoss()) {
            startAnew(now, "the order book was crossed: a change of it must have been missing");
        } else if (checksum != null && !matches(checksum)) {
            startAnew(now, "the checksum of the order book was wrong");
        } else if (book.exhausted(greatestDepth())) {
            startAnew(now, "the price moved beyond the known levels of the order book");
        } else if (changed) {
            tell(now);
        }
    }

    private boolean showsLoss() {
        if (!context().adapter().sendsUncheckedBooks() || !book.crossed()) {
            return false;
        }
        long nanos = context().nanoClock().nanos();
        Long before = crossedAt;
        if (before != null && nanos - before <= CROSSED.toNanos()) {
            return false;
        }
        crossedAt = nanos;
        return true;
    }

    private boolean matches(long checksum) {
        OptionalLong own = context().adapter().checksum(book.bids(Integer.MAX_VALUE), book.asks(Integer.MAX_VALUE));
        return own.isEmpty() || own.getAsLong() == checksum;
    }

    private void startAnew(Instant now, String reason) {
        broke(now, reason);
        if (!asks) {
            resync.run();
        }
    }

    private void tell(Instant now) {
        if (fresh || broken()) {
            fresh = false;
            tellSnapshot(now, this::shown);
        } else {
            tellUpdate(now, this::shown);
        }
    }

    private OrderBook shown(StreamKind kind) {
        int depth = kind instanceof StreamKind.Book(int levels) ? levels : 1;
        return new OrderBook(listing(), book.bids(depth), book.asks(depth), book.sequence(), book.asOf());
    }

    private void hold(BookChange change) {
        waiting.add(change);
        if (waiting.size() > MOST_WAITING) {
            waiting.remove();
        }
        if (!asking && (failedRequests == 0 || context().nanoClock().nanos() - notBefore >= 0)) {
            ask();
        }
    }

    private void ask() {
        asking = true;
        var query = new BookQuery(
                context().provider(),
                listing().instrument(),
                context().adapter().requestedDepth(),
                null);
        context().requests().fetch(query, outcome -> mailBox.post(() -> answered(outcome)));
    }

    private void answered(Outcome<QueryResult> outcome) {
        asking = false;
        Duration pause = ReconnectPolicy.pause(++failedRequests, context().random());
        notBefore = context().nanoClock().nanos() + pause.toNanos();
        if (!(outcome instanceof Outcome.Success<QueryResult>(QueryResult result))
                || !(result.data() instanceof OrderBook first)
                || first.sequence() == null
                || book.started()) {
            return; // a later change asks again
        }
        book.startWithin(
                new BookSnapshot("", first.bids(), first.asks(), first.sequence(), null, first.asOf()),
                context().adapter().requestedDepth());
        Instant now = context().clock().instant();
        while (!waiting.isEmpty()) {
            if (book.apply(waiting.peek()) == Applied.BROKEN) {
                book.clear(); // the answer is older than the first change: a later change asks again
                return;
            }
            waiting.remove();
        }
        failedRequests = 0;
        tell(now);
    }

    @Override
    void forget() {
        book.clear();
        waiting.clear();
        fresh = true;
    }

    @Override
    @Nullable
    MarketData current(StreamKind kind) {
        return book.started() ? shown(kind) : null;
    }
}
