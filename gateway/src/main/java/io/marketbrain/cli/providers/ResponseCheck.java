package io.marketbrain.cli.providers;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import io.marketbrain.provider.descriptor.RequestUri;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.provider.drift.ShapeReader;
import io.marketbrain.provider.mapping.MappedAdapter;
import io.marketbrain.security.KnownSecrets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A provider tried without a network: a response that somebody has saved is read as if the provider had just sent it. Nothing is
 * sent.
 */
final class ResponseCheck {
    private static final int MOST_RECORDS = 1000;
    private static final Pattern CODE = Pattern.compile("[A-Z]{3,}");

    private final ProviderModule module;
    private final Descriptor descriptor;
    private final Instant now;
    private final DriftGuard guard;

    /** @param now when the responses are taken to have arrived */
    ResponseCheck(ProviderModule module, Instant now) {
        this.module = module;
        this.now = now;
        descriptor = module.descriptor();
        guard = ShapeReader.builtIn(descriptor.id().value()).isEmpty()
                ? DriftGuard.NONE
                : DriftGuard.of(descriptor.id(), new KnownSecrets(List.of()), () -> 0);
    }

    /**
     * The check of a descriptor with a mapping.
     *
     * @throws InvalidDescriptor if the content is not a descriptor, with file, line and column
     * @throws IllegalArgumentException if it has no mapping
     */
    static ResponseCheck ofDescriptor(String file, byte[] content, Instant now) {
        Descriptor descriptor = DescriptorReader.read(file, content);
        return new ResponseCheck(
                new ProviderModule(
                        descriptor,
                        MappedAdapter.of(
                                descriptor,
                                descriptor
                                        .mapping()
                                        .orElseThrow(
                                                () -> new IllegalArgumentException(file + ": it has no 'mapping'")))),
                now);
    }

    /** The id of the provider. */
    String provider() {
        return descriptor.id().value();
    }

    /** What the provider offers, in one sentence. */
    String summary() {
        return descriptor.id() + " (" + descriptor.name() + ") offers "
                + operations().stream().map(Operation::wire).collect(Collectors.joining(", "));
    }

    /** The operation that is tried if none is named. */
    Operation firstOperation() {
        return operations().getFirst();
    }

    /** The symbols that are tried if none is named; the first one is the provider's usual example. */
    List<String> examples() {
        return descriptor.examples();
    }

    /** Whether a response of this operation can be read. */
    boolean offers(Operation operation) {
        return descriptor.operations().contains(operation);
    }

    /** What the provider offers. */
    List<Operation> operations() {
        return descriptor.operations().stream().sorted().toList();
    }

    /** The ids of series that a text may mean: itself, or those of each kind about the instrument that it names. */
    private Stream<String> seriesIds(String text) {
        Stream<String> own =
                descriptor.hasSeriesById() || InstrumentSeries.find(text).isPresent()
                        ? Stream.of(text)
                        : Stream.empty();
        return Stream.concat(
                own,
                descriptor.terms(Operation.SERIES).kinds().stream()
                        .filter(kind -> descriptor.symbols().parse(text)
                                        instanceof Outcome.Success<Instrument>(Instrument instrument)
                                && kind.fits(instrument))
                        .map(kind -> kind.wire() + ":" + text));
    }

    /**
     * The queries that a response may be the answer to, the likelier ones first; none if the provider's rules do not understand
     * the symbol.
     *
     * @param symbol of a series, its id, or the symbol in it; of news, the text that is searched for
     * @param interval of candles; any of the provider's if it is empty
     */
    List<MarketQuery> queries(Operation operation, String symbol, Optional<Interval> interval) {
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
        return query instanceof MarketQuery.OfInstrument about
                && instruments(text)
                        .anyMatch(named -> named.base()
                                        .equals(about.instrument().base())
                                && named.quote().equals(about.instrument().quote()));
    }

    /** The address that the provider is asked for a query; empty if it cannot be asked. */
    Optional<RequestAddress> address(MarketQuery query) {
        var addresses = new ArrayList<RequestAddress>();
        fetch(query, (request, _) -> {
            SampleAddress.find(address(request))
                    .ifPresent(address -> addresses.add(new RequestAddress(address, names(query))));
            return Outcome.failed(new Failure.Unsupported(descriptor.id(), "nothing is sent"));
        });
        return addresses.stream().findFirst();
    }

    private Set<String> names(MarketQuery query) {
        var names = new HashSet<String>();
        switch (query) {
            case MarketQuery.OfInstrument about -> addNames(names, about.instrument());
            case SeriesQuery series -> {
                names.add(series.id());
                names.addAll(List.of(series.id().split("/", -1)));
                instruments(series.id()).forEach(instrument -> addNames(names, instrument));
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

    /**
     * What a response means as the answer to the first of the queries for which it is data. If it is data for none, the failure
     * is the one of the first query for which a request could be made.
     */
    Reading read(List<MarketQuery> queries, int status, byte[] body) {
        Optional<Reading> failed = Optional.empty();
        for (MarketQuery query : queries) {
            Reading reading = read(query, status, body);
            if (reading.data().isPresent()) {
                return reading;
            }
            if (failed.isEmpty() || failed.get().requests().isEmpty()) {
                failed = Optional.of(reading);
            }
        }
        return failed.orElseThrow();
    }

    private Reading read(MarketQuery query, int status, byte[] body) {
        List<String> requests = new ArrayList<>();
        Outcome<MarketData> outcome = fetch(query, (request, _) -> {
            requests.add(request.method() + " " + address(request));
            return Outcome.success(new RawPayload(status, Map.of(), body, now));
        });
        return new Reading(query, requests, outcome);
    }

    private Outcome<MarketData> fetch(MarketQuery query, Transport transport) {
        var call = new Call(
                new CallId("check"), Caller.LOCAL, Priority.HIGH, Deadline.in(Duration.ofMinutes(1), () -> 0), false);
        return new ProviderSource(module, Mode.LIVE, transport, guard, Optional.empty())
                .fetch(query, call)
                .map(QueryResult::data);
    }

    /**
     * What a response means.
     *
     * @param query the question that it was read as the answer to
     * @param requests the request that the query makes; none if the provider cannot be asked for it
     */
    record Reading(MarketQuery query, List<String> requests, Outcome<MarketData> outcome) {
        Optional<MarketData> data() {
            return outcome instanceof Outcome.Success<MarketData>(MarketData data)
                    ? Optional.of(data)
                    : Optional.empty();
        }

        Optional<Failure> failure() {
            return outcome instanceof Outcome.Failed<MarketData>(Failure failure)
                    ? Optional.of(failure)
                    : Optional.empty();
        }
    }

    private String address(ProviderRequest request) {
        URI base = descriptor
                .hosts()
                .byName()
                .getOrDefault(request.host(), List.of(descriptor.hosts().main()))
                .getFirst();
        String query = RequestUri.encoded(request.parameters());
        return base + request.path() + (query.isEmpty() ? "" : "?" + query);
    }
}
