package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.NOON;
import static io.marketbrain.pipeline.cache.CacheSamples.pair;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A query of each kind with data that answers it. */
public final class ValidResults {
    public static final QuoteQuery QUOTE = new QuoteQuery(BINANCE, pair("BTC"), null);
    public static final CandlesQuery CANDLES =
            new CandlesQuery(BINANCE, pair("BTC"), Interval.H1, NOON, NOON.plusSeconds(5 * 3600), 5);
    public static final BookQuery BOOK = new BookQuery(BINANCE, pair("BTC"), 5, null);
    public static final TradesQuery TRADES = new TradesQuery(BINANCE, pair("BTC"), 5, null);
    public static final SeriesQuery SERIES = new SeriesQuery(BINANCE, "GDP", null, null, 5);
    public static final NewsQuery NEWS = new NewsQuery(BINANCE, "bitcoin", 5);

    private ValidResults() {}

    public static Map<MarketQuery, MarketData> all() {
        Map<MarketQuery, MarketData> all = new LinkedHashMap<>();
        all.put(QUOTE, quote());
        all.put(CANDLES, candles());
        all.put(BOOK, book());
        all.put(TRADES, trades());
        all.put(
                SERIES,
                new Series(
                        "GDP",
                        "Gross domestic product",
                        "USD",
                        List.of(new Observation(NOON, d("-1.5")), new Observation(NOON, null)),
                        NOON));
        all.put(NEWS, new NewsItems(List.of(new NewsItem("n1", NOON, "Title", "Summary", null)), NOON));
        return all;
    }

    public static Quote quote() {
        return new Quote(
                listing(),
                d("50123.4500"),
                d("50123"),
                d("0"),
                d("50124"),
                d("1.5"),
                d("50000"),
                d("51000"),
                d("49000"),
                d("0"),
                d("1e6"),
                NOON);
    }

    public static Candles candles() {
        return new Candles(
                listing(),
                Interval.H1,
                List.of(candle(0), candle(1), candle(3)),
                List.of(new Gap(NOON.plusSeconds(2 * 3600), NOON.plusSeconds(3 * 3600), 1)),
                null);
    }

    public static Candle candle(int hour) {
        return new Candle(
                NOON.plusSeconds(hour * 3600L), d("1.5"), d("2.5"), d("1.0"), d("2"), d("10"), null, 7L, true);
    }

    public static OrderBook book() {
        return new OrderBook(
                listing(),
                List.of(new Level(d("10"), d("1")), new Level(d("9"), d("0"))),
                List.of(new Level(d("11"), d("1")), new Level(d("12"), d("3"))),
                99L,
                NOON);
    }

    public static Trades trades() {
        return new Trades(
                listing(),
                List.of(new Trade("1", NOON, d("10"), d("2"), Side.BUY), new Trade("2", NOON, d("11"), d("3"), null)),
                NOON);
    }

    public static Listing listing() {
        return CacheSamples.listing(pair("BTC"));
    }

    public static BigDecimal d(String digits) {
        return new BigDecimal(digits);
    }
}
