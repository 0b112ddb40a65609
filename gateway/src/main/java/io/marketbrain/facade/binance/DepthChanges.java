package io.marketbrain.facade.binance;

import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The changes of one order book for one client. A client that has applied a message has the book that the message was made of,
 * whichever book it began with: the first message has every level, and each later one also removes levels that only a book sent
 * in the meantime has. Not thread-safe.
 */
final class DepthChanges {
    private final String symbol;
    private final RecentDepths sent;
    private Map<BigDecimal, String> bids = new TreeMap<>();
    private Map<BigDecimal, String> asks = new TreeMap<>();
    private long lastId;

    DepthChanges(String symbol, RecentDepths sent) {
        this.symbol = symbol;
        this.sent = sent;
    }

    /** Whether a book is newer than the one of the last message. */
    boolean isNewer(long updateId) {
        return updateId > lastId;
    }

    /** Writes the message that leads to a book, which {@link #isNewer}. */
    void write(JsonOutput out, long time, long updateId, JsonValue book) throws MalformedPayload {
        sent.streaming(symbol, updateId);
        Map<BigDecimal, String> newBids = levels(book.at("bids"));
        Map<BigDecimal, String> newAsks = levels(book.at("asks"));
        BinanceJson.text(out, "e", "depthUpdate");
        BinanceJson.number(out, "E", time);
        BinanceJson.text(out, "s", symbol);
        BinanceJson.number(out, "U", lastId + 1);
        BinanceJson.number(out, "u", updateId);
        changes(out, "b", bids, newBids, true);
        changes(out, "a", asks, newAsks, false);
        bids = newBids;
        asks = newAsks;
        lastId = updateId;
    }

    private static Map<BigDecimal, String> levels(JsonValue rows) throws MalformedPayload {
        Map<BigDecimal, String> levels = new TreeMap<>();
        for (JsonValue row : rows.items()) {
            levels.put(row.at(0).decimal(), row.at(1).text());
        }
        return levels;
    }

    private void changes(
            JsonOutput out,
            String name,
            Map<BigDecimal, String> before,
            Map<BigDecimal, String> after,
            boolean isBids) {
        Collection<BigDecimal> others = sent.prices(symbol, isBids, lastId);
        Set<BigDecimal> gone = new TreeSet<>(before.keySet());
        gone.addAll(others);
        gone.removeAll(after.keySet());
        out.name(name);
        out.startArray();
        // A book that was sent in the meantime may have another size at any level.
        boolean all = !others.isEmpty();
        after.forEach((price, size) -> {
            if (all || !size.equals(before.get(price))) {
                level(out, price, size);
            }
        });
        gone.forEach(price -> level(out, price, "0"));
        out.endArray();
    }

    private static void level(JsonOutput out, BigDecimal price, String size) {
        out.startArray();
        BinanceJson.decimal(out, price);
        out.text(size);
        out.endArray();
    }
}
