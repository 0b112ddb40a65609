package io.marketbrain.provider.mock;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.mock.AssetClass;
import io.marketbrain.mock.calendar.SessionSchedule;
import io.marketbrain.mock.calendar.TradingCalendar;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
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
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.model.text.ProseText;
import io.marketbrain.provider.CheckedText;
import io.marketbrain.provider.OperationAdapters;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ResponseParser;
import io.marketbrain.provider.descriptor.Descriptor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adapter between the gateway's queries and the mock market, using the symbols, venue and precision of the provider
 * that the mock replaces.
 */
final class MockAdapter implements ProviderAdapter {
    private final Descriptor descriptor;
    private final Map<String, BigDecimal> ticks;

    /** @param ticks the provider's tick sizes by unified symbol, where they differ from the market's own */
    MockAdapter(Descriptor descriptor, Map<String, BigDecimal> ticks) {
        this.descriptor = descriptor;
        this.ticks = ticks;
    }

    @Override
    public OperationAdapters operations() {
        return OperationAdapters.none()
                .on(
                        Operation.QUOTE,
                        QuoteQuery.class,
                        q -> withTime(instrumentRequest(q.instrument(), "/quote"), "at", q.at()),
                        ResponseParser.ofJson(this::quote))
                .on(Operation.CANDLES, CandlesQuery.class, this::candles, ResponseParser.ofJson(this::candles))
                .on(
                        Operation.BOOK,
                        BookQuery.class,
                        q -> withTime(
                                instrumentRequest(q.instrument(), "/book").with("depth", q.depth()), "at", q.at()),
                        ResponseParser.ofJson(this::book))
                .on(
                        Operation.TRADES,
                        TradesQuery.class,
                        q -> withTime(
                                instrumentRequest(q.instrument(), "/trades").with("limit", q.limit()), "at", q.at()),
                        ResponseParser.ofJson(this::trades))
                .on(Operation.SERIES, SeriesQuery.class, this::series, ResponseParser.ofJson((_, json) -> series(json)))
                .on(
                        Operation.NEWS,
                        NewsQuery.class,
                        q -> ProviderRequest.get("/news").with("text", q.text()).with("limit", q.limit()),
                        ResponseParser.ofJson((_, json) -> news(json)));
    }

    private ProviderRequest candles(CandlesQuery q) {
        ProviderRequest request = instrumentRequest(q.instrument(), "/candles")
                .with("interval", q.interval().wire())
                .with("limit", q.limit());
        return withTime(withTime(request, "from", q.from()), "to", q.to());
    }

    private ProviderRequest series(SeriesQuery q) {
        ProviderRequest request = InstrumentSeries.find(q.id())
                .map(this::series)
                .orElseGet(() -> ProviderRequest.get("/series"))
                .with("id", q.id())
                .with("limit", q.limit());
        return withTime(withTime(request, "from", q.from()), "to", q.to());
    }

    private ProviderRequest series(InstrumentSeries about) {
        if (!(descriptor.symbols().parse(about.symbol()) instanceof Outcome.Success<Instrument>(Instrument of))) {
            throw new IllegalStateException("no instrument is called " + about.symbol());
        }
        return instrumentRequest(of, "/instrument-series")
                .with("kind", about.kind().wire())
                .with("title", about.title() + " (synthetic)")
                .with("unit", unit(about.kind(), of));
    }

    private static String unit(SeriesKind kind, Instrument of) {
        return switch (kind) {
            case FUNDING_RATE -> "fraction";
            case OPEN_INTEREST -> of.base();
            case MARK_PRICE, DIVIDENDS, PRICE -> of.quote();
            case SPLITS -> "new shares per old share";
        };
    }

    private ProviderRequest instrumentRequest(Instrument instrument, String path) {
        ProviderRequest request = ProviderRequest.get(path)
                .with("type", instrument.type())
                .with("base", instrument.base())
                .with("quote", instrument.quote());
        BigDecimal tick = ticks.get(instrument.unified());
        return tick == null ? request : request.with("tick", tick);
    }

    private static ProviderRequest withTime(ProviderRequest request, String name, @Nullable Instant at) {
        return at == null ? request : request.with(name, at.toEpochMilli());
    }

    /** The provider's listing; the mock market has one trading day, whatever the exchange. */
    private Listing listing(Instrument instrument) {
        Listing listing = descriptor.listing(instrument);
        boolean hasSessions = AssetClass.of(instrument.type()).clock() instanceof TradingCalendar;
        return hasSessions
                ? new Listing(
                        listing.instrument(),
                        listing.providerSymbol(),
                        listing.exchange(),
                        SessionSchedule.ZONE,
                        listing.priceUnit())
                : listing;
    }

    private Quote quote(QuoteQuery query, JsonValue json) throws MalformedPayload {
        return new Quote(
                listing(query.instrument()),
                json.at("last").decimal(),
                json.at("bid").decimal(),
                json.at("bid_size").decimal(),
                json.at("ask").decimal(),
                json.at("ask_size").decimal(),
                json.at("open").decimal(),
                json.at("high").decimal(),
                json.at("low").decimal(),
                json.at("volume").decimal(),
                null,
                time(json));
    }

    private Candles candles(CandlesQuery query, JsonValue json) throws MalformedPayload {
        List<Candle> candles = new ArrayList<>();
        Instant now = time(json);
        for (JsonValue row : json.at("candles").items()) {
            Instant open = Instant.ofEpochMilli(row.at(0).integer());
            candles.add(new Candle(
                    open,
                    row.at(1).decimal(),
                    row.at(2).decimal(),
                    row.at(3).decimal(),
                    row.at(4).decimal(),
                    row.at(5).decimal(),
                    null,
                    null,
                    !query.interval().next(open).isAfter(now)));
        }
        return new Candles(listing(query.instrument()), query.interval(), candles, List.of(), now);
    }

    private OrderBook book(BookQuery query, JsonValue json) throws MalformedPayload {
        return new OrderBook(
                listing(query.instrument()), levels(json.at("bids")), levels(json.at("asks")), null, time(json));
    }

    private Trades trades(TradesQuery query, JsonValue json) throws MalformedPayload {
        List<Trade> trades = new ArrayList<>();
        for (JsonValue row : json.at("trades").items()) {
            trades.add(new Trade(
                    CheckedText.id(row.at(0)),
                    Instant.ofEpochMilli(row.at(1).integer()),
                    row.at(2).decimal(),
                    row.at(3).decimal(),
                    row.at(4).text().equals("buy") ? Side.BUY : Side.SELL));
        }
        Instant last = trades.isEmpty() ? null : trades.getLast().time();
        return new Trades(listing(query.instrument()), trades, last);
    }

    private static Series series(JsonValue json) throws MalformedPayload {
        List<Observation> observations = new ArrayList<>();
        for (JsonValue row : json.at("observations").items()) {
            observations.add(new Observation(
                    Instant.ofEpochMilli(row.at(0).integer()), row.at(1).decimal()));
        }
        Instant last = observations.isEmpty() ? null : observations.getLast().time();
        return new Series(
                CheckedText.id(json.at("id")),
                CheckedText.of(ProseText.TITLE, json.at("title")),
                CheckedText.of(IdentifierText.NAME, json.at("unit")),
                observations,
                last);
    }

    private static NewsItems news(JsonValue json) throws MalformedPayload {
        List<NewsItem> items = new ArrayList<>();
        for (JsonValue row : json.at("items").items()) {
            items.add(new NewsItem(
                    CheckedText.id(row.at(0)),
                    Instant.ofEpochMilli(row.at(1).integer()),
                    CheckedText.of(ProseText.TITLE, row.at(2)),
                    CheckedText.of(ProseText.SUMMARY, row.at(3)),
                    null));
        }
        return new NewsItems(items, items.isEmpty() ? null : items.getFirst().published());
    }

    private static List<Level> levels(JsonValue rows) throws MalformedPayload {
        List<Level> levels = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            levels.add(new Level(row.at(0).decimal(), row.at(1).decimal()));
        }
        return levels;
    }

    private static Instant time(JsonValue json) throws MalformedPayload {
        return json.at("time").epochMillis();
    }
}
