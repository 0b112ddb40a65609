package io.marketbrain.cli.providers;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
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
import io.marketbrain.provider.descriptor.Descriptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One small call of an operation, as a query and as a request to the gateway's API. Pure.
 *
 * @param words what it asks for, such as {@code candles BTC-USD 1d}
 * @param path the path of the API
 */
record LiveCall(MarketQuery query, String words, List<String> path, Map<String, String> parameters) {
    private static final int RECORDS = 5;
    private static final String TOPIC = "markets";

    /** What the provider is asked for it: a series and, where its values do not say it, what it is. */
    List<MarketQuery> requests(Descriptor provider) {
        return query instanceof SeriesQuery series
                        && provider.describesSeries()
                        && InstrumentSeries.find(series.id()).isEmpty()
                ? List.of(series, series.description())
                : List.of(query);
    }

    /** The call of an operation; empty if there is none, or the symbol is none of the provider's. */
    static Optional<LiveCall> find(Descriptor provider, Operation operation, String symbol, Instant now) {
        return findQuery(provider, operation, symbol, now).map(query -> {
            String id = provider.id().value();
            return switch (query) {
                case QuoteQuery _ -> of(query, "quote " + symbol, List.of("data", id, symbol), Map.of());
                case CandlesQuery q ->
                    of(
                            query,
                            "candles " + symbol + " " + q.interval().wire(),
                            List.of("candles", id, symbol),
                            Map.of("interval", q.interval().wire(), "limit", String.valueOf(RECORDS)));
                case BookQuery _ ->
                    of(query, "book " + symbol, List.of("book", id, symbol), Map.of("depth", String.valueOf(RECORDS)));
                case TradesQuery _ ->
                    of(
                            query,
                            "trades " + symbol,
                            List.of("trades", id, symbol),
                            Map.of("limit", String.valueOf(RECORDS)));
                case SeriesQuery q -> of(query, "series " + q.id(), List.of("series", id, q.id()), seriesParameters(q));
                default ->
                    of(
                            query,
                            "news " + TOPIC,
                            List.of("news", id),
                            Map.of("q", TOPIC, "limit", String.valueOf(RECORDS)));
            };
        });
    }

    private static LiveCall of(MarketQuery query, String words, List<String> below, Map<String, String> parameters) {
        List<String> path = new ArrayList<>(List.of("api", "v1"));
        path.addAll(below);
        return new LiveCall(query, words, path, parameters);
    }

    private static Map<String, String> seriesParameters(SeriesQuery q) {
        var parameters = new HashMap<>(Map.of("limit", String.valueOf(q.limit())));
        if (q.from() != null && q.to() != null) {
            parameters.put("from", q.from().toString());
            parameters.put("to", q.to().toString());
        }
        return parameters;
    }

    /** The series by this id or, of the first kind that there is, about this instrument; of a range, which some providers need. */
    private static Optional<MarketQuery> findSeries(Descriptor provider, String symbol, Instant now) {
        Optional<InstrumentSeries> named = InstrumentSeries.find(symbol);
        if (named.isPresent()) {
            return Optional.of(ofInstrument(provider, named.get().kind(), symbol, now));
        }
        if (provider.hasSeriesById()) {
            return Optional.of(new SeriesQuery(provider.id(), symbol, null, null, RECORDS));
        }
        if (!(provider.symbols().parse(symbol) instanceof Outcome.Success<Instrument>(Instrument instrument))) {
            return Optional.empty();
        }
        return provider.terms(Operation.SERIES).kinds().stream()
                .filter(kind -> kind.fits(instrument))
                .findFirst()
                .map(kind -> ofInstrument(provider, kind, InstrumentSeries.id(kind, instrument), now));
    }

    /** Of the last day or year. */
    private static MarketQuery ofInstrument(Descriptor provider, SeriesKind kind, String id, Instant now) {
        Duration back = Duration.ofDays(kind.isOfMarket() ? 1 : 365);
        return new SeriesQuery(provider.id(), id, now.minus(back), now, RECORDS);
    }

    private static Optional<MarketQuery> findQuery(
            Descriptor provider, Operation operation, String symbol, Instant now) {
        if (operation == Operation.NEWS) {
            return Optional.of(new NewsQuery(provider.id(), TOPIC, RECORDS));
        }
        if (operation == Operation.SERIES) {
            return findSeries(provider, symbol, now);
        }
        if (!(provider.symbols().parse(symbol) instanceof Outcome.Success<Instrument>(Instrument instrument))) {
            return Optional.empty();
        }
        return switch (operation) {
            case QUOTE -> Optional.of(new QuoteQuery(provider.id(), instrument, null));
            case CANDLES ->
                provider.intervals().stream()
                        .max(Interval::compareTo)
                        .map(interval -> new CandlesQuery(provider.id(), instrument, interval, null, null, RECORDS));
            case BOOK -> Optional.of(new BookQuery(provider.id(), instrument, RECORDS, null));
            case TRADES -> Optional.of(new TradesQuery(provider.id(), instrument, RECORDS, null));
            default -> Optional.empty();
        };
    }
}
