package io.marketbrain.cli.providers;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queries of a provider that a text may mean, and the names of what a query is about. Immutable. */
final class ProviderQueries {
    private static final int MOST_RECORDS = 1000;
    private static final Pattern CODE = Pattern.compile("[A-Z]{3,}");

    private final ProviderModule module;
    private final Descriptor descriptor;
    private final Instant now;

    /** @param now the end of a range, where the provider needs one */
    ProviderQueries(ProviderModule module, Instant now) {
        this.module = module;
        this.now = now;
        descriptor = module.descriptor();
    }

    /**
     * The queries that a response may be the answer to, the likelier ones first; none if the provider's rules do not understand
     * the symbol.
     *
     * @param symbol of a series, its id, or the symbol in it; of news, the text that is searched for
     * @param interval of candles; any of the provider's if it is empty
     */
    List<MarketQuery> about(Operation operation, String symbol, Optional<Interval> interval) {
        return switch (operation) {
            case SERIES -> seriesIds(symbol).map(this::series).toList();
            case NEWS -> List.of(new NewsQuery(descriptor.id(), symbol, MOST_RECORDS));
            case SYMBOLS ->
                module.symbolLists().stream()
                        .<MarketQuery>map(list -> new SymbolsQuery(descriptor.id(), list.name(), null))
                        .toList();
            default ->
                instruments(symbol)
                        .flatMap(instrument -> queries(operation, instrument, interval).stream())
                        .toList();
        };
    }

    /** The ids of series that a text may mean: itself, or those of each kind about the instrument that it names, or about its swap. */
    private Stream<String> seriesIds(String text) {
        Stream<String> own =
                descriptor.hasSeriesById() || InstrumentSeries.find(text).isPresent()
                        ? Stream.of(text)
                        : Stream.empty();
        String swap = text.toUpperCase(Locale.ROOT) + SymbolRules.PERPETUAL;
        return Stream.concat(
                own,
                descriptor.terms(Operation.SERIES).kinds().stream()
                        .flatMap(kind -> Stream.concat(
                                        parsed(text).filter(kind::fits).map(_ -> text),
                                        parsed(swap)
                                                .filter(instrument ->
                                                        instrument.settle() != null && kind.fits(instrument))
                                                .map(_ -> swap))
                                .map(symbol -> kind.wire() + ":" + symbol)));
    }

    private Stream<Instrument> parsed(String symbol) {
        return descriptor.symbols().parse(symbol) instanceof Outcome.Success<Instrument>(Instrument instrument)
                ? Stream.of(instrument)
                : Stream.empty();
    }

    /** What a symbol names, also with the provider's id of its base; what it could name if that is in doubt. */
    private Stream<Instrument> instruments(String symbol) {
        SymbolRules rules = descriptor.symbols();
        int slash = symbol.indexOf('/');
        String named = slash < 0
                ? symbol
                : rules.findAsset(symbol.substring(0, slash))
                        .map(asset -> asset + symbol.substring(slash))
                        .orElse(symbol);
        return rules.parse(named) instanceof Outcome.Success<Instrument>(Instrument instrument)
                ? Stream.of(instrument)
                : rules.readings(named).stream();
    }

    /**
     * Whether a query that the words of an address or a body could mean is a likely one: a pair is if prices are given in its quote,
     * or in what may be a currency, and if its base is no pair itself.
     */
    boolean isPlausible(MarketQuery query) {
        if (!(query instanceof MarketQuery.OfInstrument about)
                || about.instrument().type() != AssetType.CRYPTO
                || about.instrument().settle() != null) {
            return true;
        }
        String base = about.instrument().base();
        String quote = about.instrument().quote();
        if (base.equals(quote)) {
            return false;
        }
        return CurrencyCodes.isCurrency(quote)
                || readings(base + quote).anyMatch(read -> read.quote().equals(quote))
                || (CODE.matcher(quote).matches() && readings(base).findAny().isEmpty());
    }

    private Stream<Instrument> readings(String joined) {
        return descriptor.symbols().readings(joined).stream();
    }

    /** Whether a text, as the provider writes symbols, is another name of the instrument that the query is about. */
    boolean isCalled(MarketQuery query, String text) {
        return subjects(query)
                .anyMatch(subject -> instruments(text)
                        .anyMatch(named -> named.base().equals(subject.base())
                                && named.quote().equals(subject.quote())));
    }

    /** The instrument that a query or a series is about, or what its id could name. */
    private Stream<Instrument> subjects(MarketQuery query) {
        return switch (query) {
            case MarketQuery.OfInstrument about -> Stream.of(about.instrument());
            case SeriesQuery series ->
                instruments(InstrumentSeries.find(series.id())
                        .map(InstrumentSeries::symbol)
                        .orElse(series.id()));
            case NewsQuery _, SymbolsQuery _ -> Stream.empty();
        };
    }

    /** The names that an address may have for what a query is about. */
    Set<String> names(MarketQuery query) {
        var names = new HashSet<String>();
        switch (query) {
            case MarketQuery.OfInstrument about -> addNames(names, about.instrument());
            case SeriesQuery series -> {
                names.add(series.id());
                names.addAll(List.of(series.id().split("/", -1)));
                subjects(series).forEach(instrument -> addNames(names, instrument));
            }
            case NewsQuery news -> names.add(news.text());
            case SymbolsQuery _ -> {}
        }
        return names;
    }

    private void addNames(Set<String> names, Instrument instrument) {
        names.addAll(List.of(descriptor.symbols().spell(instrument), instrument.base(), instrument.quote()));
        descriptor.symbols().findId(instrument.base()).ifPresent(names::add);
    }

    private List<MarketQuery> queries(Operation operation, Instrument instrument, Optional<Interval> interval) {
        return switch (operation) {
            case QUOTE -> List.of(new QuoteQuery(descriptor.id(), instrument, null));
            case BOOK ->
                List.of(new BookQuery(
                        descriptor.id(), instrument, descriptor.limits().maxDepth(), null));
            case TRADES ->
                List.of(new TradesQuery(
                        descriptor.id(), instrument, descriptor.limits().maxTrades(), null));
            default ->
                (interval.isPresent()
                                ? interval.stream()
                                : descriptor.intervals().stream().sorted())
                        .map(each -> candles(instrument, each))
                        .toList();
        };
    }

    /** Of the latest values, or of all of them where the provider needs a range. */
    private MarketQuery series(String id) {
        var latest = new SeriesQuery(descriptor.id(), id, null, null, MOST_RECORDS);
        return module.findRejection(latest).isEmpty()
                ? latest
                : new SeriesQuery(descriptor.id(), id, Instant.EPOCH, now, MOST_RECORDS);
    }

    /** Of the latest candles, or of all of them where the provider needs a range. */
    private MarketQuery candles(Instrument instrument, Interval interval) {
        MarketQuery latest = candles(instrument, interval, null, null);
        return module.findRejection(latest).isEmpty() ? latest : candles(instrument, interval, Instant.EPOCH, now);
    }

    private MarketQuery candles(
            Instrument instrument, Interval interval, @Nullable Instant from, @Nullable Instant to) {
        return new CandlesQuery(
                descriptor.id(),
                instrument,
                interval,
                from,
                to,
                descriptor.limits().pageSize());
    }
}
