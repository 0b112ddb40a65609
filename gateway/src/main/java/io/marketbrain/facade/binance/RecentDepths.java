package io.marketbrain.facade.binance;

import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.OrderBook;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The order books that were sent last, by symbol. Clients of Binance apply changes to such a book; ours have the difference
 * between two books of the stream, which does not name a level that only the sent book has. Thread-safe.
 */
final class RecentDepths {
    private static final int SYMBOLS = 64;
    private static final int BOOKS = 8;

    private final Map<String, Deque<Sent>> bySymbol = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Sent>> eldest) {
            return size() > SYMBOLS;
        }
    };

    private record Sent(long updateId, OrderBook book) {}

    synchronized void add(String symbol, long updateId, OrderBook book) {
        Deque<Sent> books = bySymbol.computeIfAbsent(symbol, _ -> new ArrayDeque<>());
        books.addLast(new Sent(updateId, book));
        if (books.size() > BOOKS) {
            books.removeFirst();
        }
    }

    /** The prices of bids, or asks, in books that were sent since an update. */
    synchronized Collection<BigDecimal> prices(String symbol, boolean bids, long since) {
        var prices = new TreeSet<BigDecimal>();
        for (Sent sent : bySymbol.getOrDefault(symbol, new ArrayDeque<>())) {
            if (sent.updateId() >= since) {
                (bids ? sent.book().bids() : sent.book().asks())
                        .stream().map(Level::price).forEach(prices::add);
            }
        }
        return prices;
    }
}
