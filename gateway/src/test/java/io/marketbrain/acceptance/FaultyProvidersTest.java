package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.HostileBodies.Hostile;
import io.marketbrain.acceptance.OpenLoopLoad.Sample;
import io.marketbrain.http.RawClient;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The provider side of the fault injector: every operation of every built-in provider is answered with every hostile
 * response, eight at a time, at one gateway process with a heap of 128 MiB. The process must survive, other callers must
 * be answered meanwhile, and each response must be a problem of the right type. An adapter that is added is covered
 * without a change here.
 */
@Timeout(600)
class FaultyProvidersTest {
    private static final int PARALLEL = 8;
    private static final int ROUNDS = 3;
    private static final int TIMEOUT_SECONDS = 10;

    /** The most memory of the process: the heap, and what the virtual machine itself needs beside it. */
    private static final int MOST_MEMORY_MIB = 300;

    /** Far above what bench/RESULTS.md states, because the machine may be busy with something else. */
    private static final long SLOWEST_P99_MILLIS = 5000;

    /** What other callers ask for meanwhile. */
    private static final String OTHERS = "/api/v1/data/mock/BTCUSDT";

    /** The recorded kinds, as the recordings name them, of the operations. */
    private static final Map<Operation, String> KINDS = Map.of(
            Operation.QUOTE, "quote",
            Operation.CANDLES, "ohlcv",
            Operation.BOOK, "orderbook",
            Operation.TRADES, "trades",
            Operation.SYMBOLS, "markets",
            Operation.NEWS, "news",
            Operation.SERIES, "macro");

    /** Of the providers without an adapter of their own, which share their code: those of each format. */
    private static final Set<String> DESCRIBED = Set.of("ecb", "okx");

    private static final Map<String, PlaybackServer> UPSTREAMS = new LinkedHashMap<>();
    private static final Map<String, List<String>> CURRENCY_PAIRS = new ConcurrentHashMap<>();
    private static GatewayProcess gateway;
    private static final AtomicInteger NEXT = new AtomicInteger();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CACHE_UPSTREAM_FAILURE_TTL_MIN", "1ms",
                "CACHE_UPSTREAM_FAILURE_TTL_MAX", "1ms",
                "RESILIENCE_TIMEOUT_MIN", "1s",
                "RESILIENCE_TIMEOUT_INITIAL", "1s",
                "RESILIENCE_TIMEOUT_MAX", "1s",
                // Each request is to show what one attempt makes of the response, and none is to be rejected before it.
                "RESILIENCE_RETRY_ATTEMPTS", "1",
                "RESILIENCE_BREAKER_CALLS", "1000",
                "RESILIENCE_BREAKER_MINIMUM", "1000",
                "RESILIENCE_BREAKER_WINDOW", "1ms"));
        for (IndexedDescriptor indexed : Descriptors.builtIn()) {
            String id = indexed.id().value();
            if (DescriptorReader.builtIn(id).mapping().isPresent() && !DESCRIBED.contains(id)) {
                continue;
            }
            PlaybackServer upstream = PlaybackServer.start();
            UPSTREAMS.put(id, upstream);
            environment.put(
                    id.toUpperCase(Locale.ROOT) + "_BASE_URL", upstream.url().toString());
        }
        environment.put("LIVE_PROVIDERS", String.join(",", UPSTREAMS.keySet()));
        String classPath = withoutRates(folder) + ":" + System.getProperty("java.class.path");
        gateway = GatewayProcess.start(folder, classPath, environment);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        UPSTREAMS.values().forEach(PlaybackServer::close);
    }

    @Test
    void hostile_responses_fail_their_requests_and_nothing_else() throws Exception {
        List<Hostile> large = HostileBodies.large();
        List<String> wrong = new ArrayList<>();
        try (var others = new OpenLoopLoad(gateway.port(), 20, _ -> OTHERS)) {
            for (Descriptor descriptor : descriptors()) {
                for (Operation operation : requestable(descriptor)) {
                    List<Hostile> all = new ArrayList<>(HostileBodies.small());
                    all.addAll(HostileBodies.grownFrom(recordings(descriptor, operation)));
                    all.addAll(large);
                    for (Hostile hostile : all) {
                        wrong.addAll(faults(descriptor, operation, hostile));
                    }
                }
            }
            wrong.addAll(stalledConnections());
            wrong.addAll(symbolLists(large));
            List<Sample> samples = others.stop();
            samples.stream()
                    .map(Sample::fault)
                    .filter(fault -> !fault.isEmpty())
                    .forEach(wrong::add);
            assertThat(report(samples)).isLessThan(SLOWEST_P99_MILLIS);
        }
        assertThat(wrong).isEmpty();
        assertThat(gateway.isAlive()).isTrue();
        assertThat(gateway.output()).doesNotContain("Error:", "ERROR", "Exception");
        assertThat(gateway.peakMemory()).isLessThan(MOST_MEMORY_MIB);
    }

    /** What was wrong with the responses to {@value #PARALLEL} requests at once. On a busy machine some time out before their call arrives, so calls are counted over a few rounds. */
    private static List<String> faults(Descriptor descriptor, Operation operation, Hostile hostile) throws Exception {
        PlaybackServer upstream = UPSTREAMS.get(descriptor.id().value());
        upstream.forget();
        List<String> wrong = new ArrayList<>();
        for (int round = 0; round < ROUNDS && upstream.asked().size() < PARALLEL; round++) {
            wrong.addAll(faultsInOneRound(upstream, descriptor, operation, hostile));
        }
        if (upstream.asked().size() < PARALLEL) {
            wrong.add("%s %s, %s: only %d calls"
                    .formatted(
                            descriptor.id(),
                            operation,
                            hostile,
                            upstream.asked().size()));
        }
        return wrong;
    }

    private static List<String> faultsInOneRound(
            PlaybackServer upstream, Descriptor descriptor, Operation operation, Hostile hostile) throws Exception {
        upstream.otherwise(hostile.answer());
        List<Future<RawClient.Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PARALLEL; i++) {
                String target = target(descriptor, operation);
                answers.add(threads.submit(() -> gateway.get(target)));
            }
        }
        List<String> wrong = new ArrayList<>();
        for (Future<RawClient.Answer> answer : answers) {
            if (!isRight(answer.get(), hostile)) {
                wrong.add("%s %s, %s: %s".formatted(descriptor.id(), operation, hostile, start(answer.get())));
            }
        }
        return wrong;
    }

    /** A failure of the provider; or a result, or that there is none, where the response can be read as one. */
    private static boolean isRight(RawClient.Answer answer, Hostile hostile) {
        String body = answer.body();
        return body.contains("\"/problems/upstream-")
                || body.contains("\"/problems/schema-drift\"")
                || body.contains("\"/problems/unknown-instrument\"")
                || (hostile.canBeValid() && (answer.status() == 200 || body.contains("\"/problems/unsupported\"")));
    }

    private static String start(RawClient.Answer answer) {
        String body = answer.body();
        return answer.statusLine() + " " + body.substring(0, Math.min(300, body.length()));
    }

    /** These cost the whole time limit, so each provider gets them for one of its operations, and all providers at once. */
    private static List<String> stalledConnections() throws Exception {
        List<Future<List<String>>> parts = new ArrayList<>();
        int turn = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Descriptor descriptor : descriptors()) {
                List<Operation> operations = requestable(descriptor);
                int first = turn++;
                parts.add(threads.submit(() -> {
                    List<String> wrong = new ArrayList<>();
                    int i = first;
                    for (Hostile hostile : HostileBodies.stalled()) {
                        wrong.addAll(faults(descriptor, operations.get(i++ % operations.size()), hostile));
                    }
                    return wrong;
                }));
            }
        }
        List<String> wrong = new ArrayList<>();
        for (Future<List<String>> part : parts) {
            wrong.addAll(part.get());
        }
        return wrong;
    }

    /** Lists of symbols are fetched at most once a second; all providers are asked at once. */
    private static List<String> symbolLists(List<Hostile> large) throws Exception {
        List<Descriptor> listing = descriptors().stream()
                .filter(descriptor -> descriptor.operations().contains(Operation.SYMBOLS))
                .toList();
        List<String> wrong = new ArrayList<>();
        for (Hostile hostile : large) {
            for (Descriptor descriptor : listing) {
                UPSTREAMS.get(descriptor.id().value()).otherwise(hostile.answer());
                RawClient.Answer answer = gateway.get("/api/v1/data/%s/ZZ0YYY".formatted(descriptor.id()));
                if (!answer.body().contains("\"type\":\"/problems/") || answer.status() == 500) {
                    wrong.add("%s symbols, %s: %s".formatted(descriptor.id(), hostile, start(answer)));
                }
            }
            TimeUnit.SECONDS.sleep(1);
        }
        return wrong;
    }

    /** A request for an instrument that was not requested before, if the provider's symbols allow that: no response is cached. */
    private static String target(Descriptor descriptor, Operation operation) {
        int i = NEXT.getAndIncrement();
        String symbol = descriptor.examples().stream()
                .filter(example -> example.contains("/"))
                .map(example -> example.replaceFirst("/", i + "/"))
                .findFirst()
                .orElseGet(() -> {
                    List<String> others = pairs(descriptor);
                    return others.get(i % others.size());
                });
        String path = switch (operation) {
            case QUOTE -> "data/%s/%s?";
            case CANDLES ->
                "candles/%s/%s?limit=5&interval="
                        + descriptor.intervals().stream()
                                .sorted()
                                .findFirst()
                                .orElseThrow()
                                .wire() + "&";
            case BOOK -> "book/%s/%s?depth=5&";
            case TRADES -> "trades/%s/%s?limit=5&";
            case SERIES -> descriptor.hasSeriesById() ? "series/%s/%s?" : "series/%s/mark_price:%s:USDT?";
            case NEWS -> "news/%s/%s?";
            case SYMBOLS -> throw new IllegalArgumentException("callers cannot request " + operation);
        };
        return "/api/v1/"
                + path.formatted(descriptor.id(), operation == Operation.SERIES ? symbol.replace("/", "%2F") : symbol)
                + "timeout=" + TIMEOUT_SECONDS;
    }

    /** The symbols of a provider whose symbols are pairs of currencies, of which there are only so many. */
    private static List<String> pairs(Descriptor descriptor) {
        return CURRENCY_PAIRS.computeIfAbsent(descriptor.id().value(), _ -> {
            String example = descriptor.examples().getFirst();
            List<String> codes = Currency.getAvailableCurrencies().stream()
                    .map(Currency::getCurrencyCode)
                    .sorted()
                    .toList();
            return codes.stream()
                    .flatMap(code -> Stream.of(code + example.substring(3), example.substring(0, 3) + code))
                    .filter(pair -> descriptor.symbols().parse(pair) instanceof Outcome.Success<Instrument>)
                    .toList();
        });
    }

    /** Prints how fast others were answered; returns the 99th percentile in milliseconds. */
    private static long report(List<Sample> samples) {
        long[] millis = samples.stream()
                .mapToLong(sample -> sample.tookNanos() / 1_000_000)
                .sorted()
                .toArray();
        System.out.printf(
                "%d requests of others meanwhile: median %d ms, p99 %d ms, max %d ms%n",
                millis.length, millis[millis.length / 2], millis[millis.length * 99 / 100], millis[millis.length - 1]);
        return millis[millis.length * 99 / 100];
    }

    private static List<Descriptor> descriptors() {
        return Descriptors.builtIn().stream()
                .filter(indexed -> UPSTREAMS.containsKey(indexed.id().value()))
                .map(indexed -> indexed.descriptor().get())
                .toList();
    }

    private static List<Operation> requestable(Descriptor descriptor) {
        return Operation.requestable().stream()
                .filter(descriptor.operations()::contains)
                .toList();
    }

    /** The first recordings of the operation's kind. */
    private static List<Recording> recordings(Descriptor descriptor, Operation operation) {
        return Recording.all(descriptor.id().value()).stream()
                .filter(recording -> recording.kind().equals(KINDS.get(operation)))
                .limit(2)
                .toList();
    }

    /** A folder for the front of the class path with the descriptors without rate limits: what is to be called here is a loopback socket. */
    private static Path withoutRates(Path folder) throws IOException {
        Path providers = Files.createDirectories(folder.resolve("descriptors/providers"));
        for (String id : UPSTREAMS.keySet()) {
            try (InputStream in = Descriptors.class.getResourceAsStream("/providers/" + id + ".json")) {
                String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                Files.writeString(
                        providers.resolve(id + ".json"), json.replaceAll("\"amount\": *\\d+", "\"amount\": 1000000"));
            }
        }
        return providers.getParent();
    }
}
