package io.marketbrain.api;

import io.marketbrain.model.Attempt;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketData.Level;
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
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.SeriesDetails;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Answers of every kind, with every field and with fields missing. */
public final class ApiSamples {
    static final Instant NOW = Instant.parse("2024-02-21T09:00:00Z");
    static final ProviderId PROVIDER = new ProviderId("exchange");

    private ApiSamples() {}

    static MarketData.Listing listing(Instrument instrument) {
        return new MarketData.Listing(
                instrument, instrument.base() + instrument.quote(), "The Exchange", "UTC", instrument.quote());
    }

    public static Provenance provenance(QualityFlag... flags) {
        return new Provenance(
                PROVIDER,
                Mode.LIVE,
                null,
                NOW,
                Freshness.FRESH,
                List.of(flags),
                List.of(new Attempt(PROVIDER, Mode.LIVE, "ok", "", Duration.ofMillis(3))));
    }

    static QueryResult answer(MarketQuery query) {
        return new QueryResult(data(query), provenance(new QualityFlag("crossed_book", "the bid is above the ask")));
    }

    private static MarketData data(MarketQuery query) {
        return switch (query) {
            case QuoteQuery q -> quote(q.instrument(), "50123.45");
            case CandlesQuery q -> candles(q);
            case BookQuery q ->
                new OrderBook(
                        listing(q.instrument()),
                        List.of(new Level(decimal("50123.40"), decimal("0.5"))),
                        List.of(new Level(decimal("50123.45"), decimal("1E+3"))),
                        null,
                        null);
            case TradesQuery q ->
                new Trades(
                        listing(q.instrument()),
                        List.of(
                                new Trade("1", NOW, decimal("50123.45"), decimal("0.00000001"), Side.BUY),
                                new Trade("2", NOW, decimal("50123.44"), decimal("1"), null)),
                        NOW);
            case SeriesQuery q ->
                new Series(
                        q.id(),
                        "A series",
                        "EUR",
                        new SeriesDetails(decimal("1000000"), "Quarterly", "Seasonally adjusted"),
                        null,
                        List.of(new Observation(NOW, decimal("-1.5")), new Observation(NOW, null)),
                        NOW);
            case NewsQuery q ->
                new NewsItems(
                        List.of(new NewsItem("n1", NOW, "About " + q.text(), null, "https://news.invalid/1")), NOW);
            case SymbolsQuery _ -> throw new IllegalArgumentException("callers cannot ask for " + query.operation());
        };
    }

    public static Quote quote(Instrument instrument, String price) {
        return new Quote(
                listing(instrument),
                decimal(price),
                decimal("50123.40"),
                null,
                null,
                null,
                null,
                null,
                null,
                decimal("0.00001"),
                null,
                NOW);
    }

    /** Bars on the grid from the start asked for, or the last ones before now; the bar of this hour is open. */
    static Candles candles(CandlesQuery q) {
        Interval interval = q.interval();
        Instant end = q.to() != null && q.to().isBefore(NOW.plusSeconds(1)) ? q.to() : NOW.plusSeconds(1);
        Instant open = q.from() != null
                ? interval.floor(q.from().minusNanos(1)).plus(interval.length())
                : interval.back(interval.floor(end.minusNanos(1)), q.limit() - 1);
        List<Candle> candles = new ArrayList<>();
        while (open.isBefore(end) && candles.size() < q.limit()) {
            Instant next = interval.next(open);
            candles.add(new Candle(
                    open,
                    decimal("1"),
                    decimal("3.10"),
                    decimal("0.9"),
                    decimal("2"),
                    decimal("10"),
                    null,
                    7L,
                    !next.isAfter(NOW)));
            open = next;
        }
        List<Gap> gaps =
                q.limit() == 3 ? List.of(new Gap(NOW.minusSeconds(7200), NOW.minusSeconds(3600), 1)) : List.of();
        var found = new Candles(listing(q.instrument()), interval, candles, gaps, null);
        return q.instrument().base().equals("ETH") ? found.delayedBy(Duration.ofMinutes(15)) : found;
    }

    static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
