package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
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
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the recordings of one provider are, from {@code src/test/resources/providers/<id>/contract.json}: the query that each
 * answers, the failure that it is, or why it is not used.
 */
public final class ContractFile {
    private static final String FILE = "contract.json";
    private static final int LIMIT = 1000;

    /** Read once for all cases of the contract. */
    private static final Map<String, ContractFile> FILES = new ConcurrentHashMap<>();

    private final String id;
    private final JsonValue file;
    private final Map<String, JsonValue> recordings;
    private final Descriptor descriptor;

    private ContractFile(String id, JsonValue file) {
        this.id = id;
        this.file = file;
        this.recordings = members(at(file, "recordings"));
        this.descriptor = DescriptorReader.builtIn(id);
    }

    /** The providers that have such a file. */
    public static List<String> providers() {
        Set<String> chosen = chosen();
        try (Stream<Path> folders =
                Files.list(Path.of(ContractFile.class.getResource("/providers").toURI()))) {
            return folders.filter(folder -> Files.exists(folder.resolve(FILE)))
                    .map(folder -> folder.getFileName().toString())
                    .filter(id -> chosen.isEmpty() || chosen.contains(id))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ids in {@code CONTRACT_PROVIDERS}, separated by commas; empty for all providers. */
    private static Set<String> chosen() {
        String ids = System.getenv("CONTRACT_PROVIDERS");
        return ids == null ? Set.of() : Set.of(ids.split(","));
    }

    public static ContractFile of(String id) {
        return FILES.computeIfAbsent(id, ContractFile::read);
    }

    private static ContractFile read(String id) {
        try (var in = ContractFile.class.getResourceAsStream("/providers/" + id + "/" + FILE)) {
            return new ContractFile(id, JsonValue.parse(in.readAllBytes()));
        } catch (IOException | MalformedPayload e) {
            throw new IllegalStateException("the " + FILE + " of " + id + ": " + e.getMessage(), e);
        }
    }

    /** The query that a recording answers, be it with data or with a failure. */
    public Optional<MarketQuery> query(String recording) {
        JsonValue entry = recordings.get(recording);
        if (entry == null || entry.find("operation").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(query(entry));
    }

    public Map<String, Class<? extends Failure>> errors() {
        var errors = new LinkedHashMap<String, Class<? extends Failure>>();
        recordings.forEach((name, entry) ->
                findText(entry, "failure").ifPresent(failure -> errors.put(name, failureType(failure))));
        return errors;
    }

    public Map<String, String> unused() {
        return reasons("unused");
    }

    public Map<String, String> outdated() {
        return reasons("outdated");
    }

    /** The recordings whose numbers are multiplied, so that other digits arrive than those sent, and why. */
    public Map<String, String> scaled() {
        return reasons("scaled");
    }

    /** The recordings whose expected volumes are in the quote currency, as those of contracts are that are settled in the base. */
    public Map<String, String> inverseVolumes() {
        return reasons("inverse_volumes");
    }

    /** The recordings whose expected numbers mean something else than ours, and what. */
    public Map<String, String> differing() {
        return reasons("differs");
    }

    /** The recordings of which only the last candles are expected, and why. */
    public Map<String, String> latestExpected() {
        return reasons("latest");
    }

    public Map<String, Integer> lists() {
        var lists = new LinkedHashMap<String, Integer>();
        recordings.forEach(
                (name, entry) -> findText(entry, "count").ifPresent(count -> lists.put(name, Integer.parseInt(count))));
        return lists;
    }

    /** The recordings in which rows without a value are documented, and where. */
    public Map<String, String> incomplete() {
        return reasons("incomplete");
    }

    /** Those of them in which another value counts instead of an absent one, and which. */
    public Map<String, String> otherwise() {
        return reasons("otherwise");
    }

    /**
     * What the provider says to a symbol that it does not know: a status and a body, or a recording, for all operations, by
     * operation or by kind of series.
     */
    public PlaybackServer.Answer unknownTo(MarketQuery query) {
        JsonValue unknown = unknownOf(query);
        Optional<Recording> recorded = findText(unknown, "recording").map(name -> Recording.of(id, name));
        return PlaybackServer.reply(
                recorded.map(Recording::status).orElseGet(() -> Integer.parseInt(text(unknown, "status"))),
                Map.of(),
                recorded.map(Recording::body)
                        .orElseGet(() -> text(unknown, "body").getBytes(StandardCharsets.UTF_8)));
    }

    /** The same query about the symbol that is not in the answer of {@link #unknown}, where the file names one. */
    public MarketQuery unknown(MarketQuery known) {
        Optional<String> symbol = findText(unknownOf(known), "symbol");
        if (symbol.isEmpty()) {
            return known;
        }
        return switch (known) {
            case QuoteQuery q -> new QuoteQuery(q.provider(), instrument(symbol.get()), null);
            case CandlesQuery q ->
                new CandlesQuery(q.provider(), instrument(symbol.get()), q.interval(), q.from(), q.to(), q.limit());
            case BookQuery q -> new BookQuery(q.provider(), instrument(symbol.get()), q.depth(), null);
            case TradesQuery q -> new TradesQuery(q.provider(), instrument(symbol.get()), q.limit(), null);
            case SeriesQuery q ->
                new SeriesQuery(
                        q.provider(),
                        InstrumentSeries.find(q.id())
                                .map(about -> InstrumentSeries.id(about.kind(), instrument(symbol.get())))
                                .orElse(symbol.get()),
                        q.from(),
                        q.to(),
                        q.limit());
            case NewsQuery q -> new NewsQuery(q.provider(), symbol.get(), q.limit());
            case SymbolsQuery q -> q;
        };
    }

    /** Whether {@link #unknownTo} is a series without values, because the provider has no other answer. */
    public boolean hasEmptySeriesOfUnknown(MarketQuery query) {
        return findText(unknownOf(query), "empty_series").isPresent();
    }

    private JsonValue unknownOf(MarketQuery query) {
        JsonValue unknown = at(file, "unknown");
        Optional<JsonValue> ofKind = query instanceof SeriesQuery series
                ? InstrumentSeries.find(series.id())
                        .flatMap(about -> unknown.find(about.kind().wire()))
                : Optional.empty();
        return ofKind.or(() -> unknown.find(query.operation().wire())).orElse(unknown);
    }

    private Map<String, String> reasons(String key) {
        var reasons = new LinkedHashMap<String, String>();
        recordings.forEach((name, entry) -> findText(entry, key).ifPresent(reason -> reasons.put(name, reason)));
        return reasons;
    }

    private MarketQuery query(JsonValue entry) {
        var provider = new ProviderId(id);
        int limit = number(entry, "limit");
        return switch (Operation.valueOf(text(entry, "operation").toUpperCase(Locale.ROOT))) {
            case QUOTE -> new QuoteQuery(provider, instrument(text(entry, "symbol")), null);
            case CANDLES ->
                new CandlesQuery(
                        provider,
                        instrument(text(entry, "symbol")),
                        Interval.find(text(entry, "interval")).orElseThrow(),
                        time(entry, "from"),
                        time(entry, "to"),
                        limit,
                        findText(entry, "adjustment").flatMap(Adjustment::find).orElse(null));
            case BOOK -> new BookQuery(provider, instrument(text(entry, "symbol")), number(entry, "depth"), null);
            case TRADES -> new TradesQuery(provider, instrument(text(entry, "symbol")), limit, null);
            case SERIES -> new SeriesQuery(provider, text(entry, "id"), time(entry, "from"), time(entry, "to"), limit);
            case NEWS -> new NewsQuery(provider, findText(entry, "query").orElse(""), limit);
            case SYMBOLS -> new SymbolsQuery(provider, findText(entry, "list").orElse(null), null);
        };
    }

    private Instrument instrument(String symbol) {
        Outcome<Instrument> parsed = descriptor.symbols().parse(symbol);
        if (parsed instanceof Outcome.Success<Instrument>(Instrument instrument)) {
            return instrument;
        }
        throw new IllegalStateException(id + ": " + parsed);
    }

    private static int number(JsonValue entry, String key) {
        return findText(entry, key).map(Integer::parseInt).orElse(LIMIT);
    }

    private static @Nullable Instant time(JsonValue entry, String key) {
        return findText(entry, key).map(Instant::parse).orElse(null);
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends Failure> failureType(String name) {
        try {
            return (Class<? extends Failure>) Class.forName(Failure.class.getName() + "$" + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no failure is called " + name, e);
        }
    }

    private static String text(JsonValue entry, String key) {
        return findText(entry, key).orElseThrow(() -> new IllegalStateException("no " + key + " in " + entry));
    }

    private static Optional<String> findText(JsonValue entry, String key) {
        Optional<JsonValue> value = entry.find(key);
        try {
            return value.isEmpty() ? Optional.empty() : Optional.of(value.get().text());
        } catch (MalformedPayload e) {
            throw new IllegalStateException(key + ": " + e.getMessage(), e);
        }
    }

    private static JsonValue at(JsonValue file, String key) {
        try {
            return file.at(key);
        } catch (MalformedPayload e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, JsonValue> members(JsonValue object) {
        try {
            return object.members();
        } catch (MalformedPayload e) {
            throw new IllegalStateException(e);
        }
    }
}
