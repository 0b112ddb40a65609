package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An order book that is rebuilt in the plainest way, to compare with after every message. */
public final class RebuiltBook {
    /** The levels a side that are compared. */
    private static final int COMPARED = 20;

    private final NaiveBook bids = NaiveBook.bids();
    private final NaiveBook asks = NaiveBook.asks();
    private int compared;

    /** Starts with a whole book of rows {@code [price, size]}. */
    public RebuiltBook start(JsonValue bidRows, JsonValue askRows) throws MalformedPayload {
        bids.clear();
        asks.clear();
        return change(bidRows, askRows);
    }

    /** Applies changes in rows {@code [price, size]}. */
    public RebuiltBook change(JsonValue bidRows, JsonValue askRows) throws MalformedPayload {
        for (JsonValue row : bidRows.items()) {
            bids.set(row.at(0).text(), row.at(1).text());
        }
        for (JsonValue row : askRows.items()) {
            asks.set(row.at(0).text(), row.at(1).text());
        }
        return this;
    }

    public NaiveBook side(boolean ofBids) {
        return ofBids ? bids : asks;
    }

    /** Compares with the newest book that a player has told. */
    public void compare(FeedPlayer player, String key) {
        OrderBook book = (OrderBook) player.newest(key);
        assertThat(book.bids()).isEqualTo(bids.best(COMPARED));
        assertThat(book.asks()).isEqualTo(asks.best(COMPARED));
        compared++;
    }

    /** How often it was compared. */
    public int compared() {
        return compared;
    }

    /**
     * Answers the first request for a book with an empty one that the change after {@code sequence} continues, and no other.
     *
     * @param asked counts the requests
     */
    public static FeedRequests emptyBookAt(long sequence, AtomicInteger asked) {
        return (query, whenDone) -> {
            if (asked.getAndIncrement() > 0) {
                return;
            }
            var data = new OrderBook(
                    new Listing(((BookQuery) query).instrument(), "", "", "UTC", "USDT"),
                    List.of(),
                    List.of(),
                    sequence,
                    null);
            whenDone.accept(Outcome.success(new QueryResult(
                    data,
                    new Provenance(
                            query.provider(),
                            Mode.LIVE,
                            null,
                            Instant.EPOCH,
                            Freshness.FRESH,
                            List.of(),
                            List.of()))));
        };
    }
}
