package io.marketbrain.pipeline;

import static io.marketbrain.pipeline.cache.ValidResults.candle;
import static io.marketbrain.pipeline.cache.ValidResults.candles;
import static io.marketbrain.pipeline.cache.ValidResults.d;
import static io.marketbrain.pipeline.cache.ValidResults.listing;
import static io.marketbrain.pipeline.cache.ValidResults.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
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
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.pipeline.cache.ValidResults;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketDataPolicyTest {
    private static final Instant NOON = quote().asOf();
    private static final Instant LONG_AGO = Instant.parse("1899-12-31T23:59:59Z");

    private static void assertFault(MarketQuery query, MarketData data, String fault) {
        assertThat(MarketDataPolicy.findFault(query, data))
                .hasValueSatisfying(text -> assertThat(text).contains(fault));
    }

    @Test
    void data_that_answers_the_query_has_no_fault() {
        ValidResults.all()
                .forEach((query, data) ->
                        assertThat(MarketDataPolicy.findFault(query, data)).isEmpty());
    }

    @Test
    void data_of_another_kind_has_a_fault() {
        for (MarketQuery query : ValidResults.all().keySet()) {
            for (MarketData data : ValidResults.all().values()) {
                assertThat(MarketDataPolicy.findFault(query, data).isEmpty())
                        .isEqualTo(data.equals(ValidResults.all().get(query)));
            }
        }
    }

    @Test
    void each_number_of_a_quote_is_bounded() {
        for (int field = 0; field < 10; field++) {
            boolean amount = field == 2 || field == 4 || field >= 8;
            assertFault(ValidResults.QUOTE, quoteWith(field, d("-1")), amount ? "amount" : "price");
            assertFault(ValidResults.QUOTE, quoteWith(field, d("1e101")), amount ? "amount" : "price");
            assertFault(ValidResults.QUOTE, quoteWith(field, d("1e-101")), amount ? "amount" : "price");
            assertThat(MarketDataPolicy.findFault(ValidResults.QUOTE, quoteWith(field, d("0")))
                            .isEmpty())
                    .isEqualTo(amount);
        }
    }

    private static Quote quoteWith(int field, BigDecimal value) {
        BigDecimal[] v = new BigDecimal[10];
        v[0] = d("1");
        v[field] = value;
        return new Quote(listing(), v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], null);
    }

    @Test
    void a_time_of_another_century_is_a_fault() {
        Quote q = quoteWith(0, d("1"));
        for (Instant time : new Instant[] {LONG_AGO, Instant.parse("2200-01-01T00:00:01Z"), Instant.MAX}) {
            assertFault(
                    ValidResults.QUOTE,
                    new Quote(q.listing(), q.price(), null, null, null, null, null, null, null, null, null, time),
                    "time");
        }
    }

    private static Candles with(List<Candle> candles) {
        return new Candles(listing(), Interval.H1, candles, List.of(), null);
    }

    @Test
    void candles_are_of_the_interval_within_the_range_in_order_and_no_more_than_requested() {
        var query = ValidResults.CANDLES;
        assertFault(query, new Candles(listing(), Interval.H4, List.of(), List.of(), null), "interval");
        assertFault(query, with(List.of(candle(-1))), "outside the range");
        assertFault(query, with(List.of(candle(5))), "outside the range");
        assertFault(query, with(List.of(candle(1), candle(0))), "out of order");
        assertFault(query, with(List.of(candle(1), candle(1))), "out of order");
        assertFault(query, with(Collections.nCopies(6, candle(1))), "more records");
        Candle c = candle(0);
        assertFault(
                query,
                with(List.of(new Candle(c.openTime(), c.open(), c.high(), d("0"), c.close(), null, null, null, true))),
                "price");
        assertFault(
                query,
                with(List.of(
                        new Candle(c.openTime(), c.open(), c.high(), c.low(), c.close(), d("-1"), null, null, true))),
                "amount");
        var gap = new Gap(NOON, NOON, 1);
        assertFault(query, new Candles(listing(), Interval.H1, candles().candles(), List.of(gap), null), "gap");
    }

    @Test
    void only_commodities_and_rates_may_have_prices_of_zero_or_less() {
        for (AssetType type : AssetType.values()) {
            var instrument = new Instrument(type, "CL", "USD", null, null);
            var oil = new Listing(instrument, "CL", "Nymex", "America/New_York", "USD");
            var query = new CandlesQuery(ValidResults.CANDLES.provider(), instrument, Interval.H1, null, null, 5);
            var fallen = new Candle(NOON, d("17.73"), d("17.85"), d("-40.32"), d("-37.63"), null, null, null, true);
            var candles = new Candles(oil, Interval.H1, List.of(fallen), List.of(), null);
            assertThat(MarketDataPolicy.findFault(query, candles).isEmpty())
                    .as(type.wire())
                    .isEqualTo(type == AssetType.COMMODITY || type == AssetType.RATE);
        }
    }

    @Test
    void price_levels_are_in_order_and_within_the_depth() {
        var query = ValidResults.BOOK;
        List<Level> rising = List.of(new Level(d("9"), d("1")), new Level(d("10"), d("1")));
        assertFault(query, new OrderBook(listing(), rising, List.of(), null, null), "out of order");
        assertFault(query, new OrderBook(listing(), List.of(), rising.reversed(), null, null), "out of order");
        assertFault(
                query,
                new OrderBook(listing(), Collections.nCopies(6, rising.getFirst()), List.of(), null, null),
                "more");
        assertFault(
                query, new OrderBook(listing(), List.of(new Level(d("-1"), d("1"))), List.of(), null, null), "price");
        assertFault(
                query, new OrderBook(listing(), List.of(new Level(d("1"), d("-1"))), List.of(), null, null), "amount");
    }

    @Test
    void trades_are_in_order_and_have_prices_and_sizes_above_zero() {
        var query = ValidResults.TRADES;
        Trade trade = ValidResults.trades().trades().getFirst();
        assertFault(query, trades(new Trade("1", NOON, d("0"), d("1"), null)), "price");
        assertFault(query, trades(new Trade("1", NOON, d("1"), d("0"), null)), "size");
        assertFault(query, trades(new Trade("1", LONG_AGO, d("1"), d("1"), null)), "time");
        assertFault(query, trades(trade, new Trade("1", NOON.minusSeconds(1), d("1"), d("1"), null)), "order");
        assertFault(query, trades(trade, trade, trade, trade, trade, trade), "more records");
    }

    private static Trades trades(Trade... trades) {
        return new Trades(listing(), List.of(trades), null);
    }

    @Test
    void series_and_news_are_bounded() {
        var seen = new Observation(NOON, d("1e101"));
        assertFault(ValidResults.SERIES, new Series("GDP", "", null, List.of(seen), null), "observation");
        assertFault(ValidResults.SERIES, new Series("CPI", "", null, List.of(), null), "another instrument or series");
        var six = Collections.nCopies(6, new Observation(NOON, null));
        assertFault(ValidResults.SERIES, new Series("GDP", "", null, six, null), "more records");
        for (String multiplier : List.of("0", "-1", "1E999999999")) {
            var details = new SeriesDetails(new BigDecimal(multiplier), null, null);
            assertFault(
                    ValidResults.SERIES,
                    new Series("GDP", "", null, details, null, List.of(), null),
                    "unit multiplier");
        }
        var old = new NewsItem("1", LONG_AGO, "", null, null);
        assertFault(ValidResults.NEWS, new NewsItems(List.of(old), null), "time");
        var items = Collections.nCopies(6, new NewsItem("1", NOON, "", null, null));
        assertFault(ValidResults.NEWS, new NewsItems(items, null), "more records");
    }
}
