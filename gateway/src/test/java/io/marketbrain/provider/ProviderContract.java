package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Failure.ProviderError;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketDataBounds;
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
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.quality.QualityConfig;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.pipeline.quality.ReferencePrices;
import io.marketbrain.provider.descriptor.Authentication;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.PayloadKind;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.provider.drift.BodyMutations;
import io.marketbrain.provider.drift.BodyMutations.Change;
import io.marketbrain.provider.drift.BodyMutations.Mutant;
import io.marketbrain.provider.drift.BodyVariants;
import io.marketbrain.provider.drift.BodyVariants.Variant;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.provider.drift.RecordedBody;
import io.marketbrain.provider.drift.RecordedShapes;
import io.marketbrain.provider.drift.SameNumbers;
import io.marketbrain.provider.drift.TextMutations;
import io.marketbrain.provider.transport.HttpConnections;
import io.marketbrain.provider.transport.HttpTransport;
import io.marketbrain.provider.transport.TransportConfig;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;

/**
 * What every provider must do, as numbered cases. A provider's test extends this and says which recordings it has and
 * what they answer; the cases then run over a real socket, or over the adapter alone where thousands of damaged bodies
 * are tried.
 */
public abstract class ProviderContract {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final String KEY = "planted-key-77ac";
    private static final Pattern JSON_TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null|\\[\\]|\\{\\}");
    /** A long body has many items alike, so fewer of its mutants are tried. */
    private static final int LONG_BODY = 20_000;

    private static final int MOST_MUTANTS = 300;
    private static final int MOST_MUTANTS_OF_LONG = 40;

    private static final List<String> DAMAGES =
            List.of("null", "\"x\"", "\"\"", "[]", "{}", "-1", "0", "true", "1e999999999", "99999999999999999999");

    private static final Pattern CASE = Pattern.compile("c(\\d\\d)_.*");
    private static final Map<String, Set<Integer>> STARTED = new ConcurrentHashMap<>();

    /** Read once for all cases, which ask for it with every damaged body. */
    private static final Map<String, Descriptor> DESCRIPTORS = new ConcurrentHashMap<>();

    /** One client for all cases; each case has a server of its own. */
    private static final HttpConnections CONNECTIONS = new HttpConnections(TransportConfig.defaults());

    private int contractCase;
    private @Nullable ProviderModule module;

    @BeforeEach
    void start(TestInfo test) {
        contractCase = test.getTestMethod().map(ProviderContract::number).orElse(0);
        if (contractCase > 0) {
            STARTED.computeIfAbsent(id(), _ -> ConcurrentHashMap.newKeySet()).add(contractCase);
        }
    }

    private static int number(Method method) {
        Matcher name = CASE.matcher(method.getName());
        return method.getDeclaringClass() == ProviderContract.class && name.matches()
                ? Integer.parseInt(name.group(1))
                : 0;
    }

    /** The page says what was tried, so it is compared where all cases have run. */
    @AfterAll
    static void report() throws IOException {
        Set<Integer> all = Arrays.stream(ProviderContract.class.getDeclaredMethods())
                .map(ProviderContract::number)
                .filter(number -> number > 0)
                .collect(Collectors.toSet());
        for (String provider : List.copyOf(STARTED.keySet())) {
            if (all.equals(STARTED.remove(provider))) {
                ContractReport.compare(provider);
            }
        }
    }

    /** The folders under {@code src/test/resources/providers} with this provider's recordings. */
    protected abstract List<String> folders();

    protected abstract String id();

    protected abstract ProviderAdapter adapter(Descriptor descriptor);

    /** What a recording of market data answers; empty for one that {@link #unused} explains. */
    protected abstract Optional<MarketQuery> query(Recording recording);

    /** What each recorded error is. */
    protected abstract Map<String, Class<? extends Failure>> errors();

    /** The recordings that stand for something the gateway does not ask for, and why. */
    protected abstract Map<String, String> unused();

    /** How many instruments each recorded list of instruments has. */
    protected abstract Map<String, Integer> lists();

    /**
     * The recordings of bodies that the provider no longer sends. The adapter still reads them, but they teach no shape: a body
     * of today that lost a field could pass for one of them.
     */
    protected Set<String> outdated() {
        return Set.of();
    }

    /** The recordings whose numbers are multiplied, so that other digits arrive than those sent. */
    protected Set<String> scaled() {
        return Set.of();
    }

    /** The recordings whose expected numbers mean something else than ours, such as volumes in contracts. */
    protected Set<String> differing() {
        return Set.of();
    }

    /** The recordings whose expected volumes are our quote volumes, and the other way round. */
    protected Set<String> inverseVolumes() {
        return Set.of();
    }

    /** The recordings of which only the last candles are expected. */
    protected Set<String> latestExpected() {
        return Set.of();
    }

    /** What the provider says to a query about a symbol that it does not know. */
    protected abstract PlaybackServer.Answer unknownInstrument(MarketQuery query);

    /** Whether the provider answers a query about a symbol that it does not know with a series without values. */
    protected boolean hasEmptySeriesOfUnknown(MarketQuery query) {
        return false;
    }

    /** The query that {@link #unknownInstrument} answers, for one about an instrument that the provider has. */
    protected MarketQuery unknown(MarketQuery known) {
        return known;
    }

    /** The recordings in which rows without a value are documented, so that a row that lost its value is not noticed. */
    protected Set<String> skipsIncompleteRows() {
        return Set.of();
    }

    /** Those of them in which another value is documented to count instead of an absent one. */
    protected Set<String> readsOtherwise() {
        return Set.of();
    }

    /** The query that a recorded error answers. */
    protected MarketQuery errorQuery(Recording recording) {
        return anyQuery();
    }

    /** Whether the shapes of the recordings are learnt, for adapters that do not say themselves what a response must have. */
    protected boolean learnsShapes() {
        return true;
    }

    /** An instrument that the provider has. */
    public Instrument instrument() {
        return resolve(descriptor().examples().getFirst());
    }

    public final Descriptor descriptor() {
        return DESCRIPTORS.computeIfAbsent(id(), DescriptorReader::builtIn);
    }

    protected final ProviderModule module() {
        if (module == null) {
            module = new ProviderModule(descriptor(), adapter(descriptor()));
        }
        return module;
    }

    public final ProviderRequest request(MarketQuery query) {
        return module().request(query);
    }

    public final MarketData parse(MarketQuery query, RawPayload raw) throws MalformedPayload {
        return module().parse(query, raw);
    }

    /** The instruments in a recorded list. */
    public final List<ListedSymbol> listed(RawPayload raw) throws MalformedPayload {
        return ((Symbols) parse(new SymbolsQuery(descriptor().id()), raw)).symbols();
    }

    public final Instrument resolve(String symbol) {
        return ((Outcome.Success<Instrument>) descriptor().symbols().parse(symbol)).value();
    }

    // ---- the descriptor and the requests ----

    @Test
    void c01_the_descriptor_is_complete() {
        Descriptor descriptor = descriptor();
        assertThat(descriptor.id().value()).isEqualTo(id());
        assertThat(descriptor.hosts().main().getScheme()).isEqualTo("https");
        assertThat(descriptor.operations()).isNotEmpty();
        assertThat(descriptor.limits().maxConnections()).isBetween(1, 50);
        assertThat(descriptor.limits().pageSize()).isPositive();
        assertThat(descriptor.examples()).isNotEmpty();
    }

    @Test
    void c02_examples_resolve_and_are_spelled_the_providers_way() {
        assumeTrue(everyQuery().stream().anyMatch(MarketQuery.OfInstrument.class::isInstance), "has no instruments");
        for (String example : descriptor().examples()) {
            Instrument instrument = resolve(example);
            assertThat(resolve(instrument.unified())).isEqualTo(instrument);
            assertThat(resolve(descriptor().symbols().spell(instrument))).isEqualTo(instrument);
        }
    }

    @Test
    void c03_a_query_has_one_request_with_a_weight_and_without_credentials() {
        for (MarketQuery query : everyQuery()) {
            ProviderRequest request = request(query);
            assertThat(request).isEqualTo(request(query));
            assertThat(request.path()).startsWith("/");
            assertThat(module().weight(query)).isPositive();
            assertThat(request.toString()).doesNotContainIgnoringCase("apikey");
        }
    }

    @Test
    void c04_no_two_intervals_are_asked_for_alike() {
        List<ProviderRequest> requests = everyQuery().stream()
                .filter(CandlesQuery.class::isInstance)
                .map(this::request)
                .toList();
        assertThat(requests).doesNotHaveDuplicates();
    }

    // ---- recordings ----

    @Test
    void c05_every_recording_is_used_or_its_not_being_used_explained() {
        Set<String> explained = new TreeSet<>(unused().keySet());
        explained.addAll(errors().keySet());
        explained.addAll(lists().keySet());
        explained.addAll(outdated());
        dataRecordings().forEach(recording -> explained.add(recording.name()));
        Set<String> existing = recordings().map(Recording::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(explained).isEqualTo(existing);
    }

    @TestFactory
    Stream<DynamicTest> c06_recorded_data_arrives_with_every_digit() {
        return dataRecordings().stream()
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> {
                    MarketQuery query = query(recording).orElseThrow();
                    QueryResult answer = success(overSocket(query, PlaybackServer.json(recording.body())));
                    if (!scaled().contains(recording.name())) {
                        ExpectedData.assertDigitsAreThoseOf(recording, answer.data());
                    }
                    if (recording.expected().isPresent() && !differing().contains(recording.name())) {
                        JsonValue expected = recording.expected().get();
                        MarketData data = inverseVolumes().contains(recording.name())
                                ? ExpectedData.withVolumesSwapped(answer.data())
                                : answer.data();
                        ExpectedData.assertMatches(
                                latestExpected().contains(recording.name())
                                        ? ExpectedData.latest(data, expected)
                                        : data,
                                expected);
                    }
                    assertThat(answer.provenance().mode()).isEqualTo(Mode.LIVE);
                    assertThat(answer.provenance().source()).isEqualTo(id());
                    if (query instanceof MarketQuery.OfInstrument about) {
                        assertThat(((MarketData.OfInstrument) answer.data())
                                        .listing()
                                        .instrument())
                                .isEqualTo(about.instrument());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> c07_recorded_errors_are_the_right_failures() {
        return errors().keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Recording recording = recordings()
                            .filter(r -> r.name().equals(name))
                            .findFirst()
                            .orElseThrow();
                    var answer = PlaybackServer.reply(recording.status(), Map.of(), recording.body());
                    assertThat(failure(overSocket(errorQuery(recording), answer)))
                            .isInstanceOf(errors().get(name));
                }));
    }

    @TestFactory
    Stream<DynamicTest> c08_recorded_lists_name_their_instruments() {
        return lists().keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Recording recording = recordings()
                            .filter(r -> r.name().equals(name))
                            .findFirst()
                            .orElseThrow();
                    ContractReport.count(
                            contractCase, new SymbolsQuery(descriptor().id()));
                    List<ListedSymbol> pairs =
                            ((Symbols) parse(queryOf(recording), payload(recording.body()))).symbols();
                    assertThat(pairs).hasSize(lists().get(name)).doesNotHaveDuplicates();
                    for (ListedSymbol pair : pairs) {
                        assertThat(pair.instrument().base()).isNotEmpty();
                        assertThat(pair.instrument().quote()).isNotEmpty();
                    }
                }));
    }

    @Test
    void c09_books_are_sorted_and_no_deeper_than_asked() {
        for (Recording recording : dataRecordings()) {
            if (query(recording).orElseThrow() instanceof BookQuery q) {
                var shallow = new BookQuery(q.provider(), q.instrument(), 2, null);
                OrderBook book =
                        (OrderBook) success(alone(shallow, recording.body())).data();
                OrderBook deep = (OrderBook) success(alone(q, recording.body())).data();
                assertThat(book.bids()).hasSizeLessThanOrEqualTo(2);
                assertThat(book.asks()).hasSizeLessThanOrEqualTo(2);
                assertThat(deep.bids())
                        .isSortedAccordingTo(Comparator.comparing(Level::price).reversed())
                        .startsWith(book.bids().toArray(Level[]::new));
                assertThat(deep.asks())
                        .isSortedAccordingTo(Comparator.comparing(Level::price))
                        .startsWith(book.asks().toArray(Level[]::new));
            }
        }
    }

    @Test
    void c10_trades_are_the_latest_oldest_first() {
        for (Recording recording : dataRecordings()) {
            if (query(recording).orElseThrow() instanceof TradesQuery q) {
                var two = new TradesQuery(q.provider(), q.instrument(), 2, null);
                List<Trade> all = ((Trades) success(alone(q, recording.body())).data()).trades();
                List<Trade> latest =
                        ((Trades) success(alone(two, recording.body())).data()).trades();
                assertThat(all).isSortedAccordingTo(Comparator.comparing(Trade::time));
                assertThat(latest).isEqualTo(all.subList(Math.max(0, all.size() - 2), all.size()));
            }
        }
    }

    // ---- damage ----

    @Test
    void c11_a_body_cut_short_anywhere_is_malformed() {
        for (Recording recording : dataRecordings()) {
            String whole = recording.bodyText().strip();
            int step = Math.max(1, whole.length() / 200);
            MarketQuery query = query(recording).orElseThrow();
            for (int length = 0; length < whole.length(); length += step) {
                String which = recording.name() + " cut to " + length;
                Outcome<QueryResult> outcome =
                        alone(query, whole.substring(0, length).getBytes(StandardCharsets.UTF_8));
                if (payloadKind(recording, query) != PayloadKind.CSV) {
                    assertThat(failure(outcome)).as(which).isInstanceOf(Failure.Malformed.class);
                } else if (outcome instanceof Outcome.Success<QueryResult>(QueryResult rows)) {
                    // A table that ends between two lines is a table.
                    if (!scaled().contains(recording.name())) {
                        ExpectedData.assertDigitsAreThoseOf(recording, rows.data());
                    }
                } else {
                    assertThat(failure(outcome))
                            .as(which)
                            .isInstanceOfAny(Failure.Malformed.class, Failure.UnknownInstrument.class);
                }
            }
        }
    }

    @Test
    void c12_damaged_values_end_in_an_outcome_never_in_an_exception() {
        for (Recording recording : dataRecordings()) {
            MarketQuery query = query(recording).orElseThrow();
            String whole = recording.bodyText();
            Matcher token = JSON_TOKEN.matcher(whole);
            int most = whole.length() > 8000 ? 25 : 150;
            for (int tokens = 0; tokens < most && token.find(); tokens++) {
                for (String damage : DAMAGES) {
                    String damaged = whole.substring(0, token.start()) + damage + whole.substring(token.end());
                    assertThat(alone(query, damaged.getBytes(StandardCharsets.UTF_8)))
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void c13_documents_of_another_shape_are_never_data() {
        for (MarketQuery query : everyQuery()) {
            for (String body : List.of("null", "{}", "42", "\"x\"", "true", "[[]]", "[null]", "[{}]", "{\"a\":[]}")) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                assertThat(failure(alone(query, bytes))).as(query + " " + body).isInstanceOf(Failure.Upstream.class);
                assertThat(failure(guarded(guard(), query, bytes)))
                        .as(query + " " + body)
                        .isInstanceOf(Failure.Upstream.class);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> c14_what_is_not_json_is_malformed() {
        return Map.of(
                        "a page of HTML with status 200", PlaybackServer.html(200),
                        "an empty body", PlaybackServer.json(""),
                        "white space", PlaybackServer.json(" \n "),
                        "two documents", PlaybackServer.json("{} {}"),
                        "binary", PlaybackServer.json(new byte[] {0, 1, 2, (byte) 0xFF}))
                .entrySet()
                .stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> assertThat(failure(overSocket(anyQuery(), e.getValue())))
                                .isInstanceOf(Failure.Malformed.class)));
    }

    // ---- statuses ----

    @Test
    void c15_throttling_carries_the_wait_that_the_provider_names() {
        for (int status : List.of(429)) {
            var named = PlaybackServer.reply(status, Map.of("Retry-After", "7"), new byte[0]);
            assertThat(((Failure.Throttled) failure(overSocket(anyQuery(), named))).retryAfter())
                    .isEqualTo(Duration.ofSeconds(7));
            var unnamed = PlaybackServer.status(status, "");
            assertThat(((Failure.Throttled) failure(overSocket(anyQuery(), unnamed))).retryAfter())
                    .isNull();
        }
    }

    @Test
    void c16_a_legal_block_is_a_block() {
        assertThat(failure(overSocket(anyQuery(), PlaybackServer.html(451)))).isInstanceOf(Failure.Blocked.class);
    }

    @Test
    void c17_a_firewall_page_says_nothing_about_credentials() {
        assertThat(failure(overSocket(anyQuery(), PlaybackServer.html(403))))
                .isInstanceOf(Failure.Upstream.class)
                .isNotInstanceOf(Failure.CredentialsRejected.class);
    }

    @Test
    void c18_an_unauthorised_call_is_rejected_credentials_if_it_carried_a_key_and_else_a_block() {
        boolean keyless = descriptor().authentication() instanceof Authentication.None;
        assertThat(failure(overSocket(anyQuery(), PlaybackServer.status(401, "{}"))))
                .isInstanceOf(keyless ? Failure.Blocked.class : Failure.CredentialsRejected.class);
    }

    @Test
    void c23_a_refusal_that_is_not_the_providers_own_error_is_a_block() {
        for (String body : List.of("error code: 1020", "", "\n<html>", "\uFEFF<html>", "  <html>")) {
            assertThat(failure(overSocket(anyQuery(), PlaybackServer.status(403, body))))
                    .as(body)
                    .isInstanceOf(Failure.Blocked.class);
        }
    }

    @Test
    void c19_a_server_error_is_the_providers_fault() {
        for (int status : List.of(500, 502, 503)) {
            assertThat(failure(overSocket(anyQuery(), PlaybackServer.html(status))))
                    .as("HTTP " + status)
                    .isInstanceOf(Failure.Faulty.class);
        }
    }

    @Test
    void c20_an_unknown_symbol_is_an_unknown_instrument() {
        for (MarketQuery known : everyQuery()) {
            MarketQuery query = unknown(known);
            if (hasEmptySeriesOfUnknown(query)) {
                QueryResult nothing = success(overSocket(query, unknownInstrument(query)));
                assertThat(nothing.data().records()).as(query.toString()).isZero();
                continue;
            }
            assertThat(failure(overSocket(query, unknownInstrument(query))))
                    .as(query.toString())
                    .isInstanceOf(Failure.UnknownInstrument.class);
        }
    }

    @Test
    void c21_no_failure_quotes_the_provider_the_address_or_the_key() {
        List<PlaybackServer.Answer> bad = List.of(
                PlaybackServer.status(400, "{\"message\":\"" + KEY + "\",\"error\":[\"E" + KEY + "\"]}"),
                PlaybackServer.status(500, KEY),
                PlaybackServer.json("{\"error\":[\"EGeneral:" + KEY + "\"],\"msg\":\"" + KEY + "\",\"code\":-1}"),
                PlaybackServer.reset(KEY.getBytes(StandardCharsets.UTF_8)));
        for (PlaybackServer.Answer answer : bad) {
            Failure failure = failure(overSocket(anyQuery(), answer));
            assertThat(failure.message()).doesNotContain(KEY).doesNotContain("127.0.0.1");
            assertThat(failure.toString()).doesNotContain(KEY).doesNotContain("127.0.0.1");
        }
    }

    @Test
    void c33_the_providers_own_code_and_words_are_kept_without_the_key_and_bounded() {
        var explained = PlaybackServer.status(400, "{\"code\":-71012,\"msg\":\"IPv6 not supported\"}");
        assertThat(failure(overSocket(anyQuery(), explained)).said())
                .isEqualTo(new ProviderError("-71012", "IPv6 not supported"));
        for (int status : List.of(400, 401, 403, 404, 429, 500)) {
            var answer = PlaybackServer.status(
                    status, "{\"message\":\"" + KEY + " from 127.0.0.1 is wrong " + "because ".repeat(50) + "\"}");
            ProviderError said = failure(overSocket(anyQuery(), answer)).said();
            assertThat(said).as("HTTP %d", status).isNotNull();
            assertThat(said.message())
                    .startsWith("******** from ******** is wrong because")
                    .endsWith("…")
                    .hasSizeLessThanOrEqualTo(200);
        }
    }

    @Test
    void c34_a_page_has_no_words() {
        for (int status : List.of(400, 403, 500, 503)) {
            assertThat(failure(overSocket(anyQuery(), PlaybackServer.html(status)))
                            .said())
                    .as("HTTP %d", status)
                    .isNull();
        }
    }

    @Test
    void c22_a_question_about_the_past_is_not_answered_with_the_present() {
        assumeTrue(descriptor().operations().contains(Operation.QUOTE), "has no quotes");
        Instant past = NOW.minusSeconds(86_400);
        var query = new QuoteQuery(descriptor().id(), instrument(), past);
        assertThat(failure(overSocket(query, PlaybackServer.json("{}")))).isInstanceOf(Failure.Unsupported.class);
    }

    // ---- drift ----

    /** To regenerate the file, run this test with BRAIN_WRITE_EXAMPLES=1 in the environment. */
    @Test
    void c24_the_shapes_are_those_of_the_recordings() throws IOException {
        assumeTrue(learnsShapes(), "its rules say what a response must have");
        Path file = Path.of("src/main/resources/providers/shapes/" + id() + ".json");
        String expected = RecordedShapes.of(recordedBodies()).text();
        if (System.getenv("BRAIN_WRITE_EXAMPLES") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> c25_a_changed_body_is_a_failure_or_has_the_same_numbers() {
        List<RecordedBody> bodies = recordedBodies();
        RecordedShapes shapes = RecordedShapes.of(bodies);
        DriftGuard guard = learnsShapes() ? shapes.guard(descriptor().id()) : DriftGuard.NONE;
        return bodies.stream()
                .map(recorded -> DynamicTest.dynamicTest(recorded.name(), () -> {
                    Recording recording = recording(recorded.name());
                    MarketQuery query = queryOf(recording);
                    MarketData data =
                            success(guarded(guard, query, recording.body())).data();
                    int most = recorded.body().length > LONG_BODY ? MOST_MUTANTS_OF_LONG : MOST_MUTANTS;
                    BodyMutations.of(recorded, most).forEach(mutant -> {
                        Outcome<QueryResult> outcome = guarded(guard, query, mutant.body());
                        boolean optional = mutant.isAbsenceOf(shapes.optional(query.operation()))
                                || (!learnsShapes() && mutant.change() == Change.NULL)
                                || (mutant.isAbsence() && data instanceof Series);
                        String which = recorded.name() + ": " + mutant;
                        if (mutant.mayBeAbsence() && skipsIncompleteRows().contains(recorded.name())) {
                            assertFailedOrPart(recorded.name(), which, data, outcome);
                        } else {
                            assertFailedOrSame(which, data, mutant, optional, outcome);
                        }
                    });
                }));
    }

    /** XML and tables: a value that is gone may be one that the rules call optional, but no other number may stand in its place. */
    @TestFactory
    Stream<DynamicTest> c32_a_changed_text_is_a_failure_or_has_the_same_numbers() {
        return dataRecordings().stream()
                .filter(recording -> payloadKind(recording, queryOf(recording)) != PayloadKind.JSON)
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> {
                    MarketQuery query = queryOf(recording);
                    MarketData data = success(alone(query, recording.body())).data();
                    boolean table = payloadKind(recording, query) == PayloadKind.CSV;
                    Stream<Mutant> mutants =
                            table ? TextMutations.ofCsv(recording.body()) : TextMutations.ofXml(recording.body());
                    mutants.forEach(mutant -> {
                        String which = recording.name() + ": " + mutant;
                        Outcome<QueryResult> outcome = alone(query, mutant.body());
                        if (mutant.isAbsence() && skipsIncompleteRows().contains(recording.name())) {
                            assertFailedOrPart(recording.name(), which, data, outcome);
                        } else {
                            boolean optional = mutant.isAbsence() && (table || data instanceof Series);
                            assertFailedOrSame(which, data, mutant, optional, outcome);
                        }
                    });
                }));
    }

    /** Values and rows that are documented as absent may be missing; nothing else may stand in their place. */
    private void assertFailedOrPart(String recording, String which, MarketData data, Outcome<QueryResult> outcome) {
        if (!readsOtherwise().contains(recording)
                && outcome instanceof Outcome.Success<QueryResult>(QueryResult result)) {
            assertThat(SameNumbers.findAddition(data, result.data())).as(which).isEmpty();
        }
    }

    private static void assertFailedOrSame(
            String which, MarketData data, Mutant mutant, boolean optional, Outcome<QueryResult> outcome) {
        if (mutant.cut()) {
            assertThat(failure(outcome)).as(which).isInstanceOf(Failure.Malformed.class);
        } else if (outcome instanceof Outcome.Failed<QueryResult>(Failure failure)) {
            assertThat(failure)
                    .as(which)
                    .isInstanceOfAny(
                            Failure.SchemaDrift.class,
                            Failure.Malformed.class,
                            Failure.Faulty.class,
                            Failure.Untrusted.class,
                            Failure.UnknownInstrument.class,
                            Failure.Unsupported.class);
        } else {
            assertThat(SameNumbers.findDifference(data, success(outcome).data(), optional))
                    .as(which)
                    .isEmpty();
        }
    }

    /** The recordings that teach a shape, with what the adapter alone makes of a body. */
    private List<RecordedBody> recordedBodies() {
        return Stream.concat(
                        dataRecordings().stream(),
                        recordings().filter(recording -> lists().containsKey(recording.name())))
                .filter(recording -> !outdated().contains(recording.name()))
                .filter(recording -> payloadKind(recording, queryOf(recording)) == PayloadKind.JSON)
                .map(recording -> {
                    MarketQuery query = queryOf(recording);
                    return new RecordedBody(
                            recording.name(),
                            query.operation(),
                            recording.body(),
                            body -> outcome(DriftGuard.NONE, query, body)
                                            instanceof Outcome.Success<QueryResult>(var result)
                                    ? result.data()
                                    : "failed");
                })
                .toList();
    }

    private Recording recording(String name) {
        return recordings()
                .filter(recording -> recording.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private MarketQuery queryOf(Recording recording) {
        return lists().containsKey(recording.name())
                ? query(recording)
                        .filter(SymbolsQuery.class::isInstance)
                        .orElseGet(() -> new SymbolsQuery(descriptor().id()))
                : query(recording).orElseThrow();
    }

    @Test
    void c26_a_body_that_the_provider_no_longer_sends_is_drift() {
        assumeTrue(learnsShapes(), "its rules say what a response must have");
        for (String name : outdated()) {
            Recording recording = recording(name);
            assertThat(failure(guarded(guard(), queryOf(recording), recording.body())))
                    .as(name)
                    .isInstanceOf(Failure.SchemaDrift.class);
        }
    }

    // ---- other values ----

    @Test
    void c27_long_decimals_keep_every_digit() {
        forEachVariant(BodyVariants::longDecimals, (variant, before, after) -> {
            Set<BigDecimal> changed = new HashSet<>(ExpectedData.decimals(after));
            changed.removeAll(ExpectedData.decimals(before));
            assertThat(Set.of(new BigDecimal(variant.value()))).containsAll(changed);
        });
    }

    @Test
    void c28_scientific_notation_is_the_same_number() {
        forEachVariant(BodyVariants::scientific, (_, before, after) -> {
            List<BigDecimal> expected = ExpectedData.decimals(before);
            List<BigDecimal> actual = ExpectedData.decimals(after);
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < actual.size(); i++) {
                assertThat(actual.get(i)).isEqualByComparingTo(expected.get(i));
            }
        });
    }

    @Test
    void c29_no_price_is_below_or_at_zero() {
        forEachVariant(BodyVariants::negative, ProviderContract::trusted, ProviderContract::assertPrices);
        forEachVariant(BodyVariants::zero, ProviderContract::trusted, ProviderContract::assertPrices);
    }

    @Test
    void c30_the_order_of_candles_and_candles_sent_twice_change_nothing() {
        for (RecordedBody recorded : recordedBodies()) {
            MarketQuery query = queryOf(recording(recorded.name()));
            if (query instanceof CandlesQuery) {
                MarketData data = success(alone(query, recorded.body())).data();
                var variants = BodyVariants.of(recorded);
                assertFailedOrSameCandles(recorded.name() + " reversed", data, alone(query, variants.reversed()));
                assertFailedOrSameCandles(recorded.name() + " repeated", data, alone(query, variants.repeated()));
            }
        }
    }

    @Test
    void c31_members_that_nobody_knows_change_nothing() {
        boolean hasObjects = false;
        boolean isAnyChanged = false;
        for (RecordedBody recorded : recordedBodies()) {
            MarketQuery query = queryOf(recording(recorded.name()));
            MarketData data = success(alone(query, recorded.body())).data();
            Optional<byte[]> body = BodyVariants.of(recorded).withUnknownMembers();
            hasObjects |= new String(recorded.body(), StandardCharsets.UTF_8).contains("{");
            isAnyChanged |= body.isPresent();
            if (body.isPresent()) {
                assertThat(success(alone(query, body.get())).data())
                        .as(recorded.name())
                        .isEqualTo(data);
            }
        }
        assertThat(isAnyChanged).as("a body with another member").isEqualTo(hasObjects);
    }

    /** What the quality layer makes of an outcome: the adapters leave it to that layer to refuse impossible prices. */
    private static Outcome<QueryResult> trusted(MarketQuery query, Outcome<QueryResult> outcome) {
        return new QualityLayer(query.provider(), QualityConfig.defaults(), ReferencePrices.none(), new ProviderClock())
                .around((_, _) -> outcome)
                .fetch(query, TestCalls.patient());
    }

    private static void assertPrices(Variant variant, MarketData before, MarketData after) {
        AssetType type =
                ((MarketData.OfInstrument) before).listing().instrument().type();
        assertThat(ExpectedData.prices(after)).allMatch(price -> MarketDataBounds.isPrice(price, type));
    }

    @Test
    void c32_no_recorded_quote_is_outside_its_range_and_no_recorded_candle_is_partial() {
        for (RecordedBody recorded : recordedBodies()) {
            MarketQuery query = queryOf(recording(recorded.name()));
            if (query instanceof MarketQuery.OfInstrument) {
                // Not counted as a case of the operation: it is about the checks.
                Outcome<QueryResult> outcome = trusted(query, outcome(DriftGuard.NONE, query, recorded.body()));
                if (outcome instanceof Outcome.Success<QueryResult>(QueryResult result)) {
                    assertThat(result.provenance().flags())
                            .as(recorded.name())
                            .noneMatch(flag -> flag.code().equals("outside_range")
                                    || flag.code().equals("partial_bar"));
                }
            }
        }
    }

    private static void assertFailedOrSameCandles(String which, MarketData data, Outcome<QueryResult> outcome) {
        if (outcome instanceof Outcome.Success<QueryResult>(QueryResult result)) {
            assertThat(new HashSet<>(((Candles) result.data()).candles()))
                    .as(which)
                    .isEqualTo(new HashSet<>(((Candles) data).candles()));
        } else {
            assertThat(failure(outcome)).as(which).isInstanceOf(Failure.Upstream.class);
        }
    }

    @FunctionalInterface
    private interface VariantCheck {
        void check(Variant variant, MarketData before, MarketData after);
    }

    /** Tries each variant of each recording of prices: it fails as the provider's fault, or passes the check. */
    private void forEachVariant(Function<BodyVariants, Stream<Variant>> kind, VariantCheck check) {
        forEachVariant(kind, (_, outcome) -> outcome, check);
    }

    /** The same, with what {@code judged} makes of each outcome. */
    private void forEachVariant(
            Function<BodyVariants, Stream<Variant>> kind,
            BiFunction<MarketQuery, Outcome<QueryResult>, Outcome<QueryResult>> judged,
            VariantCheck check) {
        for (RecordedBody recorded : recordedBodies()) {
            MarketQuery query = queryOf(recording(recorded.name()));
            if (query instanceof MarketQuery.OfInstrument && !scaled().contains(recorded.name())) {
                MarketData before = success(alone(query, recorded.body())).data();
                kind.apply(BodyVariants.of(recorded)).forEach(variant -> {
                    String which = recorded.name() + ": " + variant;
                    switch (judged.apply(query, alone(query, variant.body()))) {
                        case Outcome.Success<QueryResult>(QueryResult result) ->
                            assertThatCode(() -> check.check(variant, before, result.data()))
                                    .as(which)
                                    .doesNotThrowAnyException();
                        case Outcome.Failed<QueryResult>(Failure failure) ->
                            assertThat(failure)
                                    .as(which)
                                    .isInstanceOfAny(
                                            Failure.Upstream.class,
                                            Failure.UnknownInstrument.class,
                                            Failure.Unsupported.class);
                    }
                });
            }
        }
    }

    // ---- how the cases ask ----

    /** The format of a recorded body, which may be another one than that which the gateway asks for. */
    private PayloadKind payloadKind(Recording recording, MarketQuery query) {
        PayloadKind usual = descriptor().terms(query.operation()).payload();
        String start = recording.bodyText().strip();
        if (start.startsWith("<")) {
            return PayloadKind.XML;
        }
        boolean json = start.startsWith("{") || start.startsWith("[");
        return json ? PayloadKind.JSON : usual == PayloadKind.JSON ? PayloadKind.CSV : usual;
    }

    private Stream<Recording> recordings() {
        return folders().stream().flatMap(folder -> Recording.all(folder).stream());
    }

    private List<Recording> dataRecordings() {
        return recordings()
                .filter(recording -> !unused().containsKey(recording.name())
                        && !errors().containsKey(recording.name())
                        && !lists().containsKey(recording.name())
                        && (learnsShapes() || !outdated().contains(recording.name())))
                .filter(recording -> query(recording).isPresent())
                .toList();
    }

    private QuoteQuery quote() {
        return new QuoteQuery(descriptor().id(), instrument(), null);
    }

    /** A query that the provider can answer, whatever its operation. */
    protected final MarketQuery anyQuery() {
        return everyQuery().getFirst();
    }

    /** A query of every kind and interval that the provider offers. */
    private List<MarketQuery> everyQuery() {
        Descriptor d = descriptor();
        List<MarketQuery> queries = new ArrayList<>();
        if (d.operations().contains(Operation.QUOTE)) {
            queries.add(quote());
        }
        if (d.operations().contains(Operation.BOOK)) {
            queries.add(new BookQuery(d.id(), instrument(), 10, null));
        }
        if (d.operations().contains(Operation.TRADES)) {
            queries.add(new TradesQuery(d.id(), instrument(), 10, null));
        }
        if (d.operations().contains(Operation.CANDLES)) {
            for (Interval interval : new TreeSet<>(d.intervals())) {
                Instant to = interval.floor(NOW);
                queries.add(new CandlesQuery(d.id(), instrument(), interval, interval.back(to, 3), to, 3));
            }
        }
        if (d.operations().contains(Operation.SERIES)) {
            Instant from = NOW.minus(Duration.ofDays(30));
            if (d.hasSeriesById()) {
                queries.add(new SeriesQuery(d.id(), d.examples().getFirst(), from, NOW, 10));
            }
            for (SeriesKind kind : d.terms(Operation.SERIES).kinds()) {
                queries.add(d.examples().stream()
                        .map(this::resolve)
                        .filter(kind::fits)
                        .flatMap(instrument -> series(kind, instrument, from).stream())
                        .findFirst()
                        .orElseThrow());
            }
        }
        if (d.operations().contains(Operation.NEWS)) {
            queries.add(new NewsQuery(d.id(), d.examples().getFirst(), 10));
        }
        return queries;
    }

    /** A query for the series of an instrument, of a range if the provider has one; empty if it has no such series. */
    private Optional<SeriesQuery> series(SeriesKind kind, Instrument instrument, Instant from) {
        String id = InstrumentSeries.id(kind, instrument);
        return Stream.of(
                        new SeriesQuery(descriptor().id(), id, from, NOW, 10),
                        new SeriesQuery(descriptor().id(), id, null, null, 10))
                .filter(query -> module().findRejection(query).isEmpty())
                .findFirst();
    }

    /** The outcome when the provider's every path gives this answer. */
    private Outcome<QueryResult> overSocket(MarketQuery query, PlaybackServer.Answer answer) {
        ContractReport.count(contractCase, query);
        Descriptor descriptor = descriptor();
        try (var server = PlaybackServer.start()) {
            server.on(request(query).path(), answer);
            var config =
                    new ProviderConfig(WantedMode.LIVE, Secret.of(KEY), Optional.empty(), Optional.of(server.url()));
            var transport = new HttpTransport(descriptor, config, CONNECTIONS, InstantSource.fixed(NOW));
            var errors =
                    new ProviderErrors(new KnownSecrets(List.of(Secret.of(KEY).orElseThrow())), _ -> {});
            return new ProviderSource(module(), Mode.LIVE, transport, DriftGuard.NONE, Optional.empty(), errors)
                    .fetch(query, TestCalls.patient());
        }
    }

    private Outcome<QueryResult> alone(MarketQuery query, byte[] body) {
        return guarded(DriftGuard.NONE, query, body);
    }

    private Outcome<QueryResult> guarded(DriftGuard guard, MarketQuery query, byte[] body) {
        ContractReport.count(contractCase, query);
        return outcome(guard, query, body);
    }

    private Outcome<QueryResult> outcome(DriftGuard guard, MarketQuery query, byte[] body) {
        Transport transport = (_, _) -> Outcome.success(payload(body));
        return new ProviderSource(module(), Mode.LIVE, transport, guard, Optional.empty())
                .fetch(query, TestCalls.patient());
    }

    /** The guard of the gateway, with the shapes that it ships with. */
    private DriftGuard guard() {
        return DriftGuard.of(descriptor().id(), new KnownSecrets(List.of()), () -> 0);
    }

    private static RawPayload payload(byte[] body) {
        return new RawPayload(200, Map.of(), body, NOW);
    }

    private static QueryResult success(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<QueryResult>) outcome).value();
    }

    private static Failure failure(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }
}
