package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.ContractFile;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.drift.BodyVariants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the providers that are described by a mapping make of all recorded bodies together, whoever wrote them down. That each
 * recording has its data or is the right failure is the contract's business.
 */
class RecordedCorpusTest {
    /** Recordings that are not of what was requested, but whose bodies do not say so. */
    private static final Set<String> SILENT = Set.of(
            "jk_GetContinuousContractKlines--docs",
            "v1_continuousKlines--BTCUSD-1M-5",
            "v1_markPriceKlines--BTCUSD_201225-1M-5",
            "v1_markPriceKlines--BTCUSD_PERP-1M-5",
            // Invented prices that contradict each other.
            "v3_snapshot--snapshot");

    private final Map<String, ProviderModule> modules = new HashMap<>();

    static List<String> providers() {
        return ContractFile.providers();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void the_order_of_members_and_white_space_change_nothing(String provider) {
        ContractFile contract = ContractFile.of(provider);
        for (Recording recording : Recording.all(provider)) {
            Optional<MarketQuery> query = contract.lists().containsKey(recording.name())
                    ? Optional.of(new SymbolsQuery(module(provider).id()))
                    : contract.query(recording.name());
            if (query.isPresent() && isJson(recording) && !contract.outdated().containsKey(recording.name())) {
                Object sent = found(provider, query.get(), recording.status(), recording.body());
                BodyVariants.rewritten(recording.body())
                        .forEach(body -> assertThat(found(provider, query.get(), recording.status(), body))
                                .as(provider + " " + recording.name())
                                .isEqualTo(sent));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void a_recording_that_is_not_used_is_no_data(String provider) {
        ContractFile contract = ContractFile.of(provider);
        for (Recording recording : Recording.all(provider)) {
            if (contract.unused().containsKey(recording.name()) && !SILENT.contains(recording.name())) {
                queries(provider, recording)
                        .forEach(query -> assertThat(isData(provider, query, recording))
                                .as(provider + " " + recording.name() + " as " + query)
                                .isFalse());
            }
        }
    }

    /** The queries that a recording of this kind would answer, about each of the provider's examples. */
    private Stream<MarketQuery> queries(String provider, Recording recording) {
        Descriptor descriptor = module(provider).descriptor();
        Optional<Operation> operation = operation(recording.kind()).filter(descriptor.operations()::contains);
        if (operation.isEmpty()) {
            return Stream.of();
        }
        if (operation.get() == Operation.SYMBOLS) {
            return Stream.of(new SymbolsQuery(descriptor.id()));
        }
        List<Instrument> instruments = new ArrayList<>();
        Stream.concat(descriptor.examples().stream(), recording.symbol().stream())
                .forEach(symbol -> {
                    if (descriptor.symbols().parse(symbol)
                            instanceof Outcome.Success<Instrument>(Instrument instrument)) {
                        instruments.add(instrument);
                    }
                });
        return instruments.stream().flatMap(instrument -> queries(descriptor, operation.get(), instrument));
    }

    private static Stream<MarketQuery> queries(Descriptor descriptor, Operation operation, Instrument instrument) {
        return switch (operation) {
            case QUOTE -> Stream.of(new QuoteQuery(descriptor.id(), instrument, null));
            case BOOK -> Stream.of(new BookQuery(descriptor.id(), instrument, 100, null));
            case TRADES -> Stream.of(new TradesQuery(descriptor.id(), instrument, 100, null));
            case CANDLES ->
                descriptor.intervals().stream()
                        .map(interval -> new CandlesQuery(descriptor.id(), instrument, interval, null, null, 1000));
            default -> Stream.of();
        };
    }

    private static Optional<Operation> operation(String kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case "quote", "fx" -> Operation.QUOTE;
                    case "ohlcv" -> Operation.CANDLES;
                    case "orderbook" -> Operation.BOOK;
                    case "trades" -> Operation.TRADES;
                    case "markets" -> Operation.SYMBOLS;
                    default -> null;
                });
    }

    private boolean isData(String provider, MarketQuery query, Recording recording) {
        return outcome(provider, query, recording.status(), recording.body())
                        instanceof Outcome.Success<QueryResult>(QueryResult result)
                && !isEmpty(result.data());
    }

    private static boolean isEmpty(MarketData data) {
        return switch (data) {
            case Candles candles -> candles.candles().isEmpty();
            case Trades trades -> trades.trades().isEmpty();
            case OrderBook book -> book.bids().isEmpty() && book.asks().isEmpty();
            case Symbols symbols -> symbols.symbols().isEmpty();
            default -> false;
        };
    }

    /** Objects have their members in any order, so that what is made of them has it, too. */
    private static Object inOrder(MarketData data) {
        return switch (data) {
            case Candles candles -> Set.copyOf(candles.candles());
            case Symbols symbols -> Set.copyOf(symbols.symbols());
            default -> data;
        };
    }

    /** The data in a response, or the type of its failure. */
    private Object found(String provider, MarketQuery query, int status, byte[] body) {
        return switch (outcome(provider, query, status, body)) {
            case Outcome.Success<QueryResult>(QueryResult result) -> inOrder(result.data());
            case Outcome.Failed<QueryResult> failed -> failed.failure().getClass();
        };
    }

    private Outcome<QueryResult> outcome(String provider, MarketQuery query, int status, byte[] body) {
        Transport transport = (_, _) -> Outcome.success(new RawPayload(status, Map.of(), body, Instant.EPOCH));
        return new ProviderSource(module(provider), Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    private ProviderModule module(String provider) {
        return modules.computeIfAbsent(provider, id -> BuiltInProviders.module(DescriptorReader.builtIn(id)));
    }

    private static boolean isJson(Recording recording) {
        String start = recording.bodyText().strip();
        return start.startsWith("{") || start.startsWith("[");
    }
}
