package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trades;
import org.jspecify.annotations.Nullable;

/** Estimates the heap size of data in bytes, for a 64-bit JVM with compressed references, rounded up. */
public final class HeapSize {
    private static final int BASE = 512;
    private static final int DECIMAL = 64;

    private HeapSize() {}

    public static int estimate(MarketData data) {
        long bytes = BASE
                + switch (data) {
                    case Quote _ -> 10L * DECIMAL;
                    case Candles candles -> candles.candles().size() * (6L * DECIMAL + 96);
                    case OrderBook book -> (book.bids().size() + book.asks().size()) * (2L * DECIMAL + 24);
                    case Trades trades -> trades.trades().size() * (2L * DECIMAL + 128);
                    case Series series -> series.observations().size() * (DECIMAL + 48L);
                    case Symbols list -> list.symbols().size() * 256L;
                    case NewsItems news ->
                        news.items().stream()
                                .mapToLong(item -> 128
                                        + text(item.id())
                                        + text(item.title())
                                        + text(item.summary())
                                        + text(item.url()))
                                .sum();
                };
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    private static long text(@Nullable String text) {
        return text == null ? 0 : 56 + 2L * text.length();
    }
}
