package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.HttpStatusFailures;
import io.marketbrain.provider.OperationAdapters;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.ResponseParser;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.request.OperationRequests;
import io.marketbrain.provider.mapping.request.QueryValues;
import io.marketbrain.provider.mapping.response.RowContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Adapter of a provider whose descriptor says how its requests are built and what its responses mean. */
public final class MappedAdapter implements ProviderAdapter {
    /** An error body is short; a longer one is data, read once, later. */
    static final int LONGEST_ERROR = 16 << 10;

    private final Descriptor descriptor;
    private final SymbolRules symbols;
    private final ProviderMapping mapping;

    private MappedAdapter(Descriptor descriptor, ProviderMapping mapping) {
        this.descriptor = descriptor;
        this.symbols = descriptor.symbols();
        this.mapping = mapping;
    }

    /**
     * The adapter that the descriptor's mapping describes.
     *
     * @throws io.marketbrain.provider.descriptor.InvalidDescriptor if the mapping is wrong, with file, line and column
     */
    public static MappedAdapter of(Descriptor descriptor, DescriptorObject mapping) {
        return new MappedAdapter(descriptor, ProviderMapping.read(descriptor, mapping));
    }

    @Override
    public OperationAdapters operations() {
        OperationAdapters all = OperationAdapters.none();
        for (Operation operation : descriptor.operations()) {
            all = switch (operation) {
                case QUOTE -> all.on(operation, QuoteQuery.class, this::request, reader(MappedQuote::read));
                case CANDLES -> all.on(operation, CandlesQuery.class, this::request, reader(MappedCandles::read));
                case BOOK -> all.on(operation, BookQuery.class, this::request, reader(MappedBook::read));
                case TRADES -> all.on(operation, TradesQuery.class, this::request, reader(MappedTrades::read));
                case SERIES -> all.on(operation, SeriesQuery.class, this::request, reader(MappedSeries::read));
                case NEWS -> all.on(operation, NewsQuery.class, this::request, reader(MappedNews::read));
                case SYMBOLS ->
                    all.on(
                            operation,
                            SymbolsQuery.class,
                            this::request,
                            reader(MappedSymbols::read),
                            q -> mapping.weight(q, descriptor.terms(operation).weight()));
            };
        }
        return all;
    }

    /** Makes data of one kind of a response. */
    @FunctionalInterface
    private interface DataReader<Q extends MarketQuery> {
        MarketData read(Descriptor descriptor, Q query, ResponseMapping mapping, RawPayload raw)
                throws MalformedPayload;
    }

    private <Q extends MarketQuery> ResponseParser<Q> reader(DataReader<Q> reader) {
        return (query, raw) -> reader.read(descriptor, query, mapping(query, raw), raw);
    }

    @Override
    public List<SymbolListTerms> symbolLists() {
        return mapping.symbolLists();
    }

    @Override
    public Set<String> responseForms() {
        return mapping.all().flatMap(OperationMapping::responseForms).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean describesSeries() {
        return mapping.description().isPresent();
    }

    /** How a response to a query is read. */
    private ResponseMapping mapping(MarketQuery query, RawPayload raw) {
        return mapping.of(query, symbols).of(raw, query);
    }

    private ProviderRequest request(MarketQuery query) {
        return mapping.of(query, symbols)
                .requests()
                .find(query, symbols)
                .orElseThrow(() -> new IllegalStateException("no request fits " + query));
    }

    @Override
    public Optional<Failure> findRejection(MarketQuery query) {
        if (mapping.isUnsupported(query, symbols)) {
            return Optional.of(without(query));
        }
        if (query instanceof CandlesQuery candles && candles.adjustment() != null) {
            Adjustment wanted = candles.adjustment();
            List<Adjustment> usual = descriptor.terms(query.operation()).adjustments();
            if (!mapping.of(query, symbols).offers(wanted, usual)) {
                return Optional.of(new Failure.Unsupported(
                        query.provider(),
                        query.provider() + " has no candles of " + query.subject() + " and "
                                + candles.interval().wire() + " adjusted as '" + wanted.wire() + "'"));
            }
        }
        OperationRequests requests = mapping.of(query, symbols).requests();
        if (requests.find(query, symbols).isPresent()) {
            return Optional.empty();
        }
        if (query instanceof SeriesQuery
                && QueryValues.findInstrument(query, symbols).isEmpty()) {
            return Optional.of(new Failure.UnknownInstrument(query.provider(), query.subject()));
        }
        return Optional.of(unsent(query, requests));
    }

    /** Why no request fits a query. */
    private Failure unsent(MarketQuery query, OperationRequests requests) {
        if (query instanceof NewsQuery) {
            return new Failure.Unsupported(query.provider(), query.provider() + " needs a text to search for");
        }
        if (requests.lacksRange(query, symbols)) {
            return new Failure.Unsupported(
                    query.provider(), query.provider() + " needs a time range; use 'from' and 'to'");
        }
        if (requests.excludesRange(query, symbols)) {
            return new Failure.Unsupported(
                    query.provider(),
                    query.provider() + " has only the latest "
                            + query.operation().wire() + " of " + query.subject()
                            + ", no range; leave out 'from' and 'to'");
        }
        return without(query);
    }

    private static Failure without(MarketQuery query) {
        return new Failure.Unsupported(
                query.provider(),
                query.provider() + " has no " + query.operation().wire() + " of " + query.subject());
    }

    @Override
    public Optional<Failure> findFailure(MarketQuery query, RawPayload raw) {
        PayloadNode body = null;
        boolean mayBeError = raw.status() >= 300 || raw.body().length <= LONGEST_ERROR;
        if (mayBeError && !mapping.errors().isEmpty()) {
            try {
                body = mapping(query, raw).reader().errorDocument(raw);
            } catch (MalformedPayload e) {
                // No document: the status decides, or the parser reports what is wrong.
            }
        }
        for (ErrorRule error : mapping.errors()) {
            if (error.fits(raw, body)) {
                return Optional.of(error.failure(query, raw));
            }
        }
        Optional<Failure> status = HttpStatusFailures.find(query, raw);
        return status.isPresent() ? status : AbsentData.find(query, mapping(query, raw), symbols, raw, body);
    }

    @Override
    public Optional<String> findLimitation(MarketQuery query, RawPayload raw, MarketData data) throws MalformedPayload {
        if (!(query instanceof SeriesQuery series) || series.isDescription() || !(data instanceof Series read)) {
            return Optional.empty();
        }
        if (read.observations().size() >= series.limit()) {
            return Optional.empty();
        }
        ResponseMapping fitting = mapping(query, raw);
        if (fitting.series().oneYear()) {
            return IncompleteSeries.findOtherYears(series, raw.receivedAt());
        }
        if (fitting.series().page() == 0) {
            return Optional.empty();
        }
        List<RowContext> all = fitting.allRows(fitting.document(query, symbols, raw), raw);
        return IncompleteSeries.findLimitation(series, fitting, symbols, all);
    }
}
