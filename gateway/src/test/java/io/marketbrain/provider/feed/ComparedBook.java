package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.OrderBook;

/** An order book that is rebuilt plainly from the same messages, and compared with what a player says after each. */
public final class ComparedBook {
    private final NaiveBook bids = NaiveBook.bids();
    private final NaiveBook asks = NaiveBook.asks();
    private final FeedPlayer player;
    private final String key;
    private final int depth;
    private int compared;

    public ComparedBook(FeedPlayer player, String key, int depth) {
        this.player = player;
        this.key = key;
        this.depth = depth;
    }

    /** Begins anew, with rows {@code [price, size]}. */
    public void start(JsonValue newBids, JsonValue newAsks) throws MalformedPayload {
        bids.clear();
        asks.clear();
        set(bids, newBids);
        set(asks, newAsks);
        compare();
    }

    /** Sets the size at a price. */
    public void set(boolean bid, String price, String size) {
        (bid ? bids : asks).set(price, size);
    }

    public void compare() {
        OrderBook book = (OrderBook) player.newest(key);
        assertThat(book.bids()).isEqualTo(bids.best(depth));
        assertThat(book.asks()).isEqualTo(asks.best(depth));
        compared++;
    }

    private static void set(NaiveBook side, JsonValue rows) throws MalformedPayload {
        for (JsonValue row : rows.items()) {
            side.set(row.at(0).text(), row.at(1).text());
        }
    }

    /** How often it was compared. */
    public int compared() {
        return compared;
    }
}
