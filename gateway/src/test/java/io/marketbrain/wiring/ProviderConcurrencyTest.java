package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.budget.BudgetStore;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.provider.registry.Provider;
import io.marketbrain.provider.registry.SymbolListConfig;
import io.marketbrain.provider.transport.HttpConnections;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The limit of concurrent calls to one live provider, for all its stacks together: the real stacks and transport against
 * a real socket.
 */
@Timeout(60)
class ProviderConcurrencyTest {
    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final int LIMIT =
            DescriptorReader.builtIn("binance").limits().maxConnections();
    private static final String QUOTE = "/api/v3/ticker/24hr";
    private static final String SYMBOLS = "/api/v3/exchangeInfo";
    private static final byte[] QUOTE_BODY =
            Recording.of("binance", "v3_ticker_price--BTCUSDT-").body();
    private static final byte[] SYMBOLS_BODY =
            Recording.of("binance", "v1_exchangeInfo--all-2019-09").body();
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration MAX_SYMBOLS_WAIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MANY_CALLS = 60;

    private final PlaybackServer server = PlaybackServer.start();
    private final GatewayConfig config = config(server);
    private final HttpConnections connections = new HttpConnections(config.transport());
    private final ProviderWiring wiring = wiring(config, connections);
    private final Provider binance = wiring.all().stream()
            .filter(registered -> registered.id().equals(BINANCE))
            .findFirst()
            .orElseThrow()
            .opened()
            .get();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore responses = new Semaphore(0);
    private final Map<String, Integer> received = new ConcurrentHashMap<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @AfterEach
    void stop() {
        responses.release(MANY_CALLS);
        threads.close();
        connections.close();
        server.close();
    }

    @Test
    void never_more_calls_or_connections_than_the_descriptor_allows() throws Exception {
        Pause pause = () -> Thread.sleep(20);
        server.on(QUOTE, after(pause, QUOTE_BODY)).on(SYMBOLS, after(pause, SYMBOLS_BODY));
        List<Future<Outcome<QueryResult>>> quotes = new ArrayList<>();
        for (int i = 0; i < MANY_CALLS; i++) {
            quotes.add(quote(TestCalls.patient()));
        }
        assertThat(ambiguousSymbol().get()).isEqualTo(Outcome.success(Instrument.crypto("123", "456")));
        for (Future<Outcome<QueryResult>> quote : quotes) {
            assertThat(quote.get()).isInstanceOf(Outcome.Success.class);
        }
        assertThat(server.asked(QUOTE)).hasSize(MANY_CALLS);
        assertThat(server.mostConnections()).isBetween(2, LIMIT);
        assertThat(mostAtOnce.get()).isBetween(2, LIMIT);
    }

    @Test
    void a_call_above_the_limit_waits_until_its_deadline_and_is_never_sent() throws Exception {
        server.on(QUOTE, held(QUOTE_BODY));
        List<Future<Outcome<QueryResult>>> first = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            first.add(quote(TestCalls.patient()));
        }
        received(QUOTE, LIMIT);
        Outcome<QueryResult> outcome = quote(TestCalls.within(SHORT)).get();
        assertThat(outcome)
                .isEqualTo(Outcome.failed(new Failure.DeadlinePassed("the deadline passed before one of the " + LIMIT
                        + " concurrent calls to binance had finished")));
        assertThat(server.asked()).hasSize(LIMIT);

        responses.release(LIMIT + 1);
        assertThat(quote(TestCalls.patient()).get()).isInstanceOf(Outcome.Success.class);
        for (Future<Outcome<QueryResult>> quote : first) {
            assertThat(quote.get()).isInstanceOf(Outcome.Success.class);
        }
    }

    @Test
    void a_cancelled_call_closes_its_socket_and_makes_room_for_the_next() throws Exception {
        server.on(QUOTE, (asked, line) -> {
            boolean hangs = received.merge(asked.path(), 1, Integer::sum) <= LIMIT;
            (hangs ? PlaybackServer.hang() : PlaybackServer.json(QUOTE_BODY)).send(asked, line);
        });
        List<Future<Outcome<QueryResult>>> hanging = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            hanging.add(quote(TestCalls.patient()));
        }
        received(QUOTE, LIMIT);
        Future<Outcome<QueryResult>> next = quote(TestCalls.patient());
        until("waiting_high", 1);
        hanging.getFirst().cancel(true);
        assertThat(next.get()).isInstanceOf(Outcome.Success.class);
        assertThat(server.awaitHangUp(PATIENCE)).isTrue();
        hanging.forEach(call -> call.cancel(true));
        until("calls", 0);
    }

    @Test
    void a_list_of_symbols_waits_for_one_of_the_same_connections() throws Exception {
        server.on(QUOTE, held(QUOTE_BODY)).on(SYMBOLS, after(() -> {}, SYMBOLS_BODY));
        for (int i = 0; i < LIMIT; i++) {
            var _ = quote(TestCalls.patient());
        }
        received(QUOTE, LIMIT);
        Future<Outcome<Instrument>> symbol = ambiguousSymbol();
        until("waiting_low", 1);
        assertThat(server.asked(SYMBOLS)).isEmpty();

        responses.release();
        assertThat(symbol.get()).isEqualTo(Outcome.success(Instrument.crypto("123", "456")));
        assertThat(mostAtOnce).hasValue(LIMIT);
    }

    @Test
    void a_list_of_symbols_counts_towards_the_share_of_background_work() throws Exception {
        server.on(QUOTE, held(QUOTE_BODY)).on(SYMBOLS, held(SYMBOLS_BODY));
        Future<Outcome<Instrument>> symbol = ambiguousSymbol();
        received(SYMBOLS, 1);
        until("calls", 1);
        Future<Outcome<QueryResult>> refresh = quote(background());
        until("waiting_low", 1);
        for (int i = 1; i < LIMIT; i++) {
            var _ = quote(TestCalls.patient());
        }
        received(QUOTE, LIMIT - 1);
        until("calls", LIMIT);
        until("waiting_low", 1);

        responses.release(LIMIT + 1);
        assertThat(refresh.get()).isInstanceOf(Outcome.Success.class);
        assertThat(symbol.get()).isEqualTo(Outcome.success(Instrument.crypto("123", "456")));
        until("calls", 0);
    }

    private Future<Outcome<QueryResult>> quote(Call call) {
        var query = new QuoteQuery(BINANCE, Instrument.crypto("BTC", "USDT"), null);
        return threads.submit(() -> binance.routes().getFirst().source().fetch(query, call));
    }

    /** A symbol that only the provider's own list explains, so that the list is fetched. */
    private Future<Outcome<Instrument>> ambiguousSymbol() {
        return threads.submit(() -> binance.symbols().parse("123"));
    }

    private static Call background() {
        Call patient = TestCalls.patient();
        return new Call(patient.id(), patient.caller(), Priority.LOW, patient.deadline(), false);
    }

    /** What the provider does before it responds. */
    private interface Pause {
        void await() throws InterruptedException;
    }

    /** A response that is sent when the test releases it. */
    private PlaybackServer.Answer held(byte[] body) {
        return after(responses::acquire, body);
    }

    /** A response after a pause; a request counts as concurrent until just before the response is sent. */
    private PlaybackServer.Answer after(Pause pause, byte[] body) {
        return (asked, line) -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            received.merge(asked.path(), 1, Integer::sum);
            pause.await();
            atOnce.decrementAndGet();
            PlaybackServer.json(body).send(asked, line);
        };
    }

    private void received(String path, int requests) throws InterruptedException {
        while (received.getOrDefault(path, 0) < requests) {
            Thread.sleep(5);
        }
    }

    private void until(String counter, long value) throws InterruptedException {
        while (bulkhead().counters().getOrDefault(counter, -1L) != value) {
            Thread.sleep(5);
        }
    }

    private LayerReport bulkhead() {
        return wiring.stacks().layers().stream()
                .filter(layer -> layer.stack().equals("binance") && layer.name().equals("bulkhead"))
                .findFirst()
                .orElseThrow();
    }

    private static GatewayConfig config(PlaybackServer server) {
        GatewayConfig defaults = GatewayConfig.defaults();
        SymbolListConfig lists = defaults.symbols();
        var live = new ProviderConfig(WantedMode.LIVE, Optional.empty(), Optional.empty(), Optional.of(server.url()));
        return defaults.withProviders(Map.of(BINANCE, live))
                .withResilience(defaults.resilience().withBulkheadWaiting(MANY_CALLS))
                .withSymbols(new SymbolListConfig(
                        lists.maxAge(), lists.retryAfter(), MAX_SYMBOLS_WAIT, lists.fetchTimeout()));
    }

    private static ProviderWiring wiring(GatewayConfig config, HttpConnections connections) {
        var ledger = new Ledger(
                config.budgets(),
                _ -> Optional.empty(),
                BudgetStore.of(Optional.empty(), Optional.empty(), new Random(1), FileProblems.ofCommand()),
                InstantSource.system());
        return new ProviderWiring(
                config,
                connections,
                ledger,
                Optional.empty(),
                FileProblems.ofCommand(),
                InstantSource.system(),
                System::nanoTime,
                new Random(1));
    }
}
