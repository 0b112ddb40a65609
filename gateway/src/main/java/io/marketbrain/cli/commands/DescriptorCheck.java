package io.marketbrain.cli.commands;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.NewsItem;
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
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import io.marketbrain.provider.descriptor.RequestUri;
import io.marketbrain.provider.mapping.MappedAdapter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A descriptor with a mapping, tried without a network: its rules are read, and applied to a response that somebody has
 * saved. Nothing is sent.
 */
public final class DescriptorCheck {
    private static final int MOST_RECORDS = 1000;

    private final Descriptor descriptor;
    private final ProviderModule module;

    /** @throws InvalidDescriptor if the content is not a descriptor with a mapping, with file, line and column */
    public DescriptorCheck(String file, byte[] content) {
        descriptor = DescriptorReader.read(file, content);
        module = new ProviderModule(
                descriptor,
                MappedAdapter.of(
                        descriptor,
                        descriptor
                                .mapping()
                                .orElseThrow(() -> new IllegalArgumentException(file + ": it has no 'mapping'"))));
    }

    /** What the provider offers, in one sentence. */
    public String summary() {
        return descriptor.id() + " (" + descriptor.name() + ") offers "
                + descriptor.operations().stream().sorted().map(Operation::wire).collect(Collectors.joining(", "));
    }

    /** The operation that is tried if none is named. */
    Operation firstOperation() {
        return descriptor.operations().stream().sorted().findFirst().orElseThrow();
    }

    /** The symbol that is tried if none is named. */
    Optional<String> firstSymbol() {
        return descriptor.examples().stream().findFirst();
    }

    /** The query of an operation; empty if the descriptor's rules do not understand the symbol. */
    public Optional<MarketQuery> findQuery(Operation operation, String symbol) {
        if (operation == Operation.SERIES) {
            return Optional.of(new SeriesQuery(descriptor.id(), symbol, null, null, MOST_RECORDS));
        }
        if (operation == Operation.NEWS) {
            return Optional.of(new NewsQuery(descriptor.id(), symbol, MOST_RECORDS));
        }
        if (operation == Operation.SYMBOLS) {
            return Optional.of(new SymbolsQuery(descriptor.id()));
        }
        return descriptor.symbols().parse(symbol) instanceof Outcome.Success<Instrument>(Instrument instrument)
                ? Optional.ofNullable(
                        switch (operation) {
                            case QUOTE -> new QuoteQuery(descriptor.id(), instrument, null);
                            case CANDLES ->
                                new CandlesQuery(
                                        descriptor.id(),
                                        instrument,
                                        descriptor.intervals().stream()
                                                .sorted()
                                                .findFirst()
                                                .orElseThrow(),
                                        null,
                                        null,
                                        descriptor.limits().pageSize());
                            case BOOK ->
                                new BookQuery(
                                        descriptor.id(),
                                        instrument,
                                        descriptor.limits().maxDepth(),
                                        null);
                            case TRADES ->
                                new TradesQuery(
                                        descriptor.id(),
                                        instrument,
                                        descriptor.limits().maxTrades(),
                                        null);
                            default -> null;
                        })
                : Optional.empty();
    }

    /** What the sample means as the response to a query: the request, then the data or why it is none. */
    public Result read(MarketQuery query, int status, byte[] sample) {
        List<String> lines = new ArrayList<>();
        Transport transport = (request, _) -> {
            lines.add("request: " + shown(request));
            return Outcome.success(new RawPayload(status, Map.of(), sample, Instant.EPOCH));
        };
        var call = new Call(
                new CallId("check"), Caller.LOCAL, Priority.HIGH, Deadline.in(Duration.ofMinutes(1), () -> 0), false);
        Outcome<QueryResult> outcome = new ProviderSource(module, Mode.LIVE, transport).fetch(query, call);
        return switch (outcome) {
            case Outcome.Success<QueryResult>(QueryResult result) -> {
                lines.addAll(shown(result.data()));
                yield new Result(true, lines);
            }
            case Outcome.Failed<QueryResult> failed -> {
                lines.add("failed: " + failed.failure().message());
                yield new Result(false, lines);
            }
        };
    }

    /** Whether a sample was data, and what there is to say about it. */
    public record Result(boolean success, List<String> lines) {}

    private String shown(ProviderRequest request) {
        URI base = descriptor
                .hosts()
                .byName()
                .getOrDefault(request.host(), List.of(descriptor.hosts().main()))
                .getFirst();
        String query = RequestUri.encoded(request.parameters());
        return request.method() + " " + base + request.path() + (query.isEmpty() ? "" : "?" + query);
    }

    private static List<String> shown(MarketData data) {
        return switch (data) {
            case Quote quote -> List.of("price: " + quote.price().toPlainString(), "time: " + quote.asOf());
            case Candles candles ->
                ofRecords(
                        "candles",
                        candles.candles().stream().map(DescriptorCheck::line).toList());
            case Trades trades ->
                ofRecords(
                        "trades",
                        trades.trades().stream().map(DescriptorCheck::line).toList());
            case Series series ->
                ofRecords(
                        "observations",
                        series.observations().stream()
                                .map(DescriptorCheck::line)
                                .toList());
            case OrderBook book -> {
                var lines = new ArrayList<>(ofRecords(
                        "bids", book.bids().stream().map(DescriptorCheck::line).toList()));
                lines.addAll(ofRecords(
                        "asks", book.asks().stream().map(DescriptorCheck::line).toList()));
                yield lines;
            }
            case NewsItems news ->
                ofRecords(
                        "items",
                        news.items().stream().map(DescriptorCheck::line).toList());
            case Symbols symbols ->
                ofRecords(
                        "symbols",
                        symbols.symbols().stream().map(DescriptorCheck::line).toList());
        };
    }

    private static List<String> ofRecords(String what, List<String> records) {
        return records.isEmpty()
                ? List.of(what + ": 0")
                : List.of(what + ": " + records.size(), "first: " + records.getFirst(), "last: " + records.getLast());
    }

    private static String line(Candle candle) {
        return candle.openTime() + " " + candle.open() + " " + candle.high() + " " + candle.low() + " "
                + candle.close();
    }

    private static String line(Level level) {
        return level.price() + " " + level.size();
    }

    private static String line(NewsItem item) {
        return item.published() + " " + item.title();
    }

    private static String line(ListedSymbol symbol) {
        return symbol.providerSymbol() + " is " + symbol.instrument().unified();
    }

    private static String line(Trade trade) {
        return trade.time() + " " + trade.price() + " " + trade.size();
    }

    private static String line(Observation observation) {
        return observation.time() + " " + observation.value();
    }
}
