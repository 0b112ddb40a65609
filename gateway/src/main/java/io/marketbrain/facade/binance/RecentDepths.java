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

    private final Map<String, Depths> bySymbol = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Depths> eldest) {
            return size() > SYMBOLS;
        }
    };

    private record Sent(long updateId, OrderBook book) {}

    /** The books of a symbol, and the newest update that a stream has sent. */
    private static final class Depths {
        private final Deque<Sent> books = new ArrayDeque<>();
        private long streamed;
    }

    /** Keeps a book that is sent; returns whether it is as new as what a stream has sent. An older one counts as sent after that. */
    synchronized boolean add(String symbol, long updateId, OrderBook book) {
        Depths depths = of(symbol);
        depths.books.addLast(new Sent(Math.max(updateId, depths.streamed), book));
        if (depths.books.size() > BOOKS) {
            depths.books.removeFirst();
        }
        return updateId >= depths.streamed;
    }

    /** A stream sends an update. To be called before the message is made of {@link #prices}. */
    synchronized void streaming(String symbol, long updateId) {
        Depths depths = of(symbol);
        depths.streamed = Math.max(updateId, depths.streamed);
    }

    /** The prices of bids, or asks, in books that were sent since an update. */
    synchronized Collection<BigDecimal> prices(String symbol, boolean bids, long since) {
        var prices = new TreeSet<BigDecimal>();
        for (Sent sent : of(symbol).books) {
            if (sent.updateId() >= since) {
                (bids ? sent.book().bids() : sent.book().asks())
                        .stream().map(Level::price).forEach(prices::add);
            }
        }
        return prices;
    }

    private Depths of(String symbol) {
        return bySymbol.computeIfAbsent(symbol, _ -> new Depths());
    }
}
