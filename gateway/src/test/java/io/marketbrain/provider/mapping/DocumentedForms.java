package io.marketbrain.provider.mapping;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
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
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.registry.CapabilityCheck;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** What bodies that a provider documents are at the gateway, in one line of text each. */
final class DocumentedForms {
    private static final Instant FROM = Instant.parse("1950-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");

    private DocumentedForms() {}

    /**
     * What a response to a query is.
     *
     * @param asked such as {@code quote AAPL}, {@code candles AAPL 1d all}, {@code series GDP} and {@code news AAPL}
     */
    static String read(String provider, String asked, int status, String body) {
        Descriptor descriptor = DescriptorReader.builtIn(provider);
        var module = new ProviderModule(
                descriptor, MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Transport transport = (_, _) -> Outcome.success(new RawPayload(status, Map.of(), bytes, Instant.EPOCH));
        MarketQuery query = query(descriptor, asked.split(" ", -1));
        Outcome<QueryResult> outcome = CapabilityCheck.findUnsupported(descriptor, query)
                .<Outcome<QueryResult>>map(Outcome::failed)
                .orElseGet(() -> new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient()));
        return switch (outcome) {
            case Outcome.Success<QueryResult>(QueryResult result) -> line(result.data());
            case Outcome.Failed<QueryResult> failed ->
                failed.failure().getClass().getSimpleName();
        };
    }

    private static MarketQuery query(Descriptor descriptor, String[] asked) {
        ProviderId id = descriptor.id();
        return switch (asked[0]) {
            case "quote" -> new QuoteQuery(id, instrument(descriptor, asked[1]), null);
            case "candles" ->
                new CandlesQuery(
                        id,
                        instrument(descriptor, asked[1]),
                        Interval.find(asked[2]).orElseThrow(),
                        FROM,
                        TO,
                        1000,
                        asked.length > 3 ? Adjustment.find(asked[3]).orElseThrow() : null);
            case "book" ->
                new BookQuery(
                        id,
                        instrument(descriptor, asked[1]),
                        Math.min(100, descriptor.limits().maxDepth()),
                        null);
            case "trades" ->
                new TradesQuery(
                        id,
                        instrument(descriptor, asked[1]),
                        Math.min(100, descriptor.limits().maxTrades()),
                        null);
            case "series" -> new SeriesQuery(id, asked[1], null, null, 1000);
            case "range" -> new SeriesQuery(id, asked[1], FROM, TO, 1000);
            case "news" -> new NewsQuery(id, asked[1], 50);
            default -> new SymbolsQuery(id);
        };
    }

    private static Instrument instrument(Descriptor descriptor, String symbol) {
        return ((Outcome.Success<Instrument>) descriptor.symbols().parse(symbol)).value();
    }

    private static String line(MarketData data) {
        return switch (data) {
            case Quote q -> q.price() + " " + q.listing().priceUnit() + " " + q.asOf();
            case Candles c -> c.candles().size() + " candles" + latest(c);
            case Trades t -> t.trades().size() + " trades" + order(t);
            case OrderBook b -> b.bids().size() + " bids " + b.asks().size() + " asks" + best(b) + " " + b.asOf();
            case Series s -> s.observations().size() + " values" + latest(s);
            case NewsItems n -> n.items().size() + " news";
            case Symbols s ->
                String.join(
                        " ", s.symbols().stream().map(DocumentedForms::symbol).toList());
            default -> data.toString();
        };
    }

    private static String symbol(MarketData.ListedSymbol symbol) {
        String isin = symbol.facts() == null || symbol.facts().isin() == null
                ? ""
                : "/" + symbol.facts().isin();
        return symbol.instrument().unified() + isin;
    }

    /** The ids of trades whose times do not say their order. */
    private static String order(Trades trades) {
        boolean ofOneTime = trades.trades().stream().map(Trade::time).distinct().count() == 1;
        return !ofOneTime || trades.trades().size() == 1
                ? ""
                : trades.trades().stream().map(Trade::id).collect(Collectors.joining(" ", " ", ""));
    }

    private static String best(OrderBook book) {
        return " " + book.bids().getFirst().price() + " "
                + book.asks().getFirst().price();
    }

    private static String latest(Candles candles) {
        if (candles.candles().isEmpty()) {
            return "";
        }
        Candle last = candles.candles().getLast();
        return " " + last.openTime() + " " + last.open() + " " + last.high() + " " + last.low() + " " + last.close()
                + " " + last.volume();
    }

    private static String latest(Series series) {
        if (series.observations().isEmpty()) {
            return "";
        }
        Observation last = series.observations().getLast();
        return " " + last.time() + " " + last.value();
    }
}
