package io.marketbrain.provider.feed;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import java.util.ArrayList;
import java.util.List;

/** What the messages of a channel say, read in the plainest way: the order book after each of them, or the ids of trades. */
final class PlainFeed {
    /** Reads one message; most of a connection's are about other channels. */
    @FunctionalInterface
    interface Reading {
        void read(JsonValue message, PlainFeed plain) throws MalformedPayload;
    }

    /** The best levels of an order book. */
    record Sides(List<Level> bids, List<Level> asks) {
        boolean isEmpty() {
            return bids.isEmpty() && asks.isEmpty();
        }
    }

    private final int depth;
    private final NaiveBook bids = NaiveBook.bids();
    private final NaiveBook asks = NaiveBook.asks();
    private final List<Sides> books = new ArrayList<>();
    private final List<String> trades = new ArrayList<>();
    private final List<Integer> concerned = new ArrayList<>();
    private int number;
    private String alias = "";

    private PlainFeed(int depth) {
        this.depth = depth;
    }

    /** @param depth how many levels of a book are compared */
    static PlainFeed of(List<String> messages, Reading reading, int depth) throws MalformedPayload {
        var plain = new PlainFeed(depth);
        for (String message : messages) {
            reading.read(FeedJson.parse(message), plain);
            plain.number++;
        }
        return plain;
    }

    /** The books after each message that changed one, without those that are the same as the one before. */
    List<Sides> books() {
        return books;
    }

    List<String> trades() {
        return trades;
    }

    /** The numbers of the messages that are about the channel. */
    List<Integer> concerned() {
        return concerned;
    }

    // ---- for readings ----

    /** A name that the provider has given to the channel. */
    void name(String given) {
        alias = given;
    }

    boolean isNamed(String name) {
        return alias.equals(name);
    }

    /** The book begins anew. */
    void start() {
        bids.clear();
        asks.clear();
    }

    void set(boolean bid, String price, String size) {
        (bid ? bids : asks).set(price, size);
    }

    /** Rows that begin with price and size. */
    void rows(JsonValue bidRows, JsonValue askRows) throws MalformedPayload {
        for (JsonValue row : bidRows.items()) {
            set(true, row.at(0).text(), row.at(1).text());
        }
        for (JsonValue row : askRows.items()) {
            set(false, row.at(0).text(), row.at(1).text());
        }
    }

    /** Rows with members for price and size. */
    void rows(boolean bid, JsonValue rows, String price, String size) throws MalformedPayload {
        for (JsonValue row : rows.items()) {
            set(
                    bid,
                    row.at(price).decimal().toPlainString(),
                    row.at(size).decimal().toPlainString());
        }
    }

    /** The provider keeps no more levels. */
    void keep(int most) {
        bids.keep(most);
        asks.keep(most);
    }

    /** The message is read, and was about the book. */
    void book() {
        concerned.add(number);
        add(books, new Sides(bids.best(depth), asks.best(depth)));
    }

    /** Adds a book that has any level and is not the same as the last one. */
    static void add(List<Sides> books, Sides next) {
        if (!next.isEmpty() && (books.isEmpty() || !books.getLast().equals(next))) {
            books.add(next);
        }
    }

    void trade(String id) {
        if (concerned.isEmpty() || concerned.getLast() != number) {
            concerned.add(number);
        }
        trades.add(id);
    }

    /** Rows of trades, of which some providers send the newest first. */
    void trades(List<JsonValue> oldestFirst, String id) throws MalformedPayload {
        for (JsonValue row : oldestFirst) {
            trade(row.at(id).text());
        }
    }
}
