package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.routing.ApiRoute;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document and the API agree in every path, response and example. */
class ContractTest {
    private final ContractDocument contract = new ContractDocument();

    @Test
    void every_route_is_described_and_everything_described_is_a_route() {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            var routes = new TreeSet<String>();
            for (ApiRoute route : fixture.api.router().routes()) {
                route.methods().stream()
                        .filter(method -> !method.equals("HEAD") && !method.equals("OPTIONS"))
                        .forEach(method -> routes.add(method + " " + route.template()));
            }
            assertThat(routes).isEqualTo(contract.operations());
        }
    }

    @Test
    void every_operation_responds_as_described() {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            fixture.warming = Optional.of((queries, call) -> Outcome.success(queries.size()));
            var client = fixture.client;
            client.get("/");
            client.get("/", "Accept", "text/html");
            client.get("/api/v1/data/exchange/BTCUSDT");
            client.get("/api/v1/quotes?symbols=exchange:BTCUSDT,nowhere:BTCUSDT");
            client.get("/api/v1/candles?symbols=exchange:BTCUSDT,nowhere:BTCUSDT&interval=1h");
            client.get("/api/v1/candles/exchange/BTCUSDT?limit=3");
            client.get("/api/v1/candles/exchange/BTCUSDT?limit=3&format=csv");
            client.get("/api/v1/candles/exchange/BTCUSDT?limit=3&format=ndjson");
            client.get("/api/v1/candles/exchange/BTCUSDT?limit=3&format=svg");
            client.get("/api/v1/book/exchange/BTCUSDT");
            client.get("/api/v1/trades/exchange/BTCUSDT");
            client.get("/api/v1/series/exchange/GDP");
            client.get("/api/v1/news/exchange?q=bitcoin");
            client.get("/api/v1/symbols?q=btc");
            client.get("/api/v1/stream?symbols=exchange:BTCUSDT&kinds=quote,trade,book,candle:1m,news");
            client.send("POST", "/api/v1/alerts", """
                    {"id": "one", "symbol": "exchange:BTCUSDT", "condition": {"type": "moves", "percent": 2, "window": "1h"}}\
                    """, new String[0]);
            client.get("/api/v1/alerts");
            client.get("/api/v1/alerts/log");
            client.get("/api/v1/alerts/stream");
            client.get("/api/v1/alerts/one");
            client.send("PATCH", "/api/v1/alerts/one", "{\"paused\": true}", new String[0]);
            client.send("DELETE", "/api/v1/alerts/one");
            client.get("/api/v1/convert?amount=2&from=BTC&to=USDT");
            client.get("/api/v1/providers");
            client.get("/api/v1/providers/exchange");
            client.get("/health");
            client.get("/health/live");
            client.get("/health/ready");
            client.get("/api/v1/status");
            client.get("/api/v1/budget");
            client.get("/api/v1/layers");
            client.get("/api/v1/metrics");
            client.get("/metrics");
            client.send("POST", "/api/v1/background/warm-cache?symbols=exchange:BTCUSDT");
            client.send("DELETE", "/api/v1/cache/exchange/BTCUSDT");
            client.get("/openapi.json");
            client.get("/docs");
            client.get("/redoc");
            client.get("/favicon.ico");
            client.get("/problems");
            client.get("/problems", "Accept", "text/html");
            client.get("/problems/internal");
            client.get("/assets/page.css");
            client.get("/assets/docs.js");
            var script = Pattern.compile("dashboard/app-\\w+.js")
                    .matcher(client.get("/", "Accept", "text/html").text());
            assertThat(script.find()).isTrue();
            client.get("/" + script.group());
            client.get("/assets/mark.svg");
            Set<String> answered = client.contract().exercised().stream()
                    .filter(answer -> answer.matches(".* 20\\d"))
                    .map(answer -> answer.substring(0, answer.lastIndexOf(' ')))
                    .collect(Collectors.toSet());
            answered.add("GET /ws"); // opened by a_websocket_opens_as_described
            assertThat(answered).isEqualTo(contract.operations());
        }
    }

    @Test
    void a_websocket_opens_as_described() throws IOException {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES);
                var socket = new Socket(InetAddress.getLoopbackAddress(), fixture.client.port())) {
            fixture.client.get("/ws");
            socket.getOutputStream().write("""
                GET /ws HTTP/1.1\r
                Host: localhost\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """.getBytes(StandardCharsets.ISO_8859_1));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(lines.readLine()).startsWith("HTTP/1.1 101 ");
            var headers = new TreeMap<String, List<String>>();
            for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
                headers.put(
                        line.substring(0, line.indexOf(':')),
                        List.of(line.substring(line.indexOf(':') + 1).strip()));
            }
            contract.validateUpgrade("/ws", HttpHeaders.of(headers, (_, _) -> true));
        }
    }

    @Test
    void every_path_has_exactly_the_described_parameters() {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            fixture.warming = Optional.of((queries, call) -> Outcome.success(queries.size()));
            for (var path : contract.document().get("paths").properties()) {
                for (var operation : path.getValue().properties()) {
                    if (operation.getValue().at("/tags/0").asString().equals("pages")) {
                        continue;
                    }
                    String target = path.getKey()
                                    .replace("{provider}", "exchange")
                                    .replace("{symbol}", "BTCUSDT")
                                    .replace("{id}", "exchange")
                            + "?surely_unknown=1";
                    var answer = fixture.client.send(operation.getKey().toUpperCase(Locale.ROOT), target);
                    assertThat(answer.status()).as(target).isEqualTo(422);
                    String allowed = answer.json().get("allowed").asString();
                    String prefix = "this path only has the parameters ";
                    Set<String> taken = allowed.startsWith(prefix)
                            ? new TreeSet<>(
                                    List.of(allowed.substring(prefix.length()).split(", ")))
                            : Set.of();
                    assertThat(taken).as(target).isEqualTo(describedParameters(operation.getValue()));
                }
            }
        }
    }

    private Set<String> describedParameters(JsonNode operation) {
        var names = new TreeSet<String>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode described = parameter.has("$ref")
                    ? contract.document().at(parameter.get("$ref").asString().substring(1))
                    : parameter;
            if (described.get("in").asString().equals("query")) {
                names.add(described.get("name").asString());
            }
        }
        return names;
    }

    @Test
    void the_description_has_the_version_of_the_project() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));
        assertThat(contract.document().at("/info/version").asString()).isEqualTo(version);
    }

    @Test
    void every_example_is_valid() {
        var faults = new ArrayList<String>();
        int examples = 0;
        for (var path : contract.document().get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                for (var response : operation.getValue().get("responses").properties()) {
                    String here = "#/paths/" + path.getKey().replace("/", "~1") + "/" + operation.getKey()
                            + "/responses/" + response.getKey();
                    examples += checkExamples(here, response.getValue(), faults);
                }
            }
        }
        for (var response : contract.document().at("/components/responses").properties()) {
            examples += checkExamples("#/components/responses/" + response.getKey(), response.getValue(), faults);
        }
        assertThat(faults).isEmpty();
        assertThat(examples).isGreaterThan(25);
    }

    private int checkExamples(String here, JsonNode response, List<String> faults) {
        int examples = 0;
        for (var media : response.path("content").properties()) {
            for (var example : media.getValue().path("examples").properties()) {
                String schema = here + "/content/" + media.getKey().replace("/", "~1") + "/schema";
                JsonNode value = contract.resolved(example.getValue()).get("value");
                contract.faults(schema, value.toString())
                        .forEach(fault -> faults.add(schema + " " + example.getKey() + " " + fault));
                examples++;
            }
        }
        return examples;
    }

    @Test
    void every_operation_has_an_example_of_success_and_every_problem_has_one() {
        var missing = new ArrayList<String>();
        for (var path : contract.document().get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                String about = operation.getKey() + " " + path.getKey();
                boolean success = false;
                for (var response : operation.getValue().get("responses").properties()) {
                    for (var media : contract.resolved(response.getValue())
                            .path("content")
                            .properties()) {
                        boolean example = media.getValue().has("examples");
                        success |= example
                                && (response.getKey().startsWith("2")
                                        || response.getKey().equals("101"));
                        if (!example && media.getKey().endsWith("json")) {
                            missing.add(about + " " + response.getKey() + " " + media.getKey());
                        }
                    }
                }
                if (!success) {
                    missing.add(about);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** The values that a viewer prefills must work: examples for required parameters, only defaults for the others. */
    @Test
    void required_parameters_have_an_example_and_optional_ones_are_not_prefilled_with_theirs() {
        var faults = new ArrayList<String>();
        for (var path : contract.document().get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                for (JsonNode parameter : operation.getValue().path("parameters")) {
                    JsonNode described = contract.resolved(parameter);
                    String about = operation.getKey() + " " + path.getKey() + " " + described.get("name");
                    boolean required = described.path("required").asBoolean(false);
                    if (described.has("example") != required || described.has("examples")) {
                        faults.add(about + ": only required parameters have an example");
                    }
                    JsonNode schema = contract.resolved(described.get("schema"));
                    boolean shown = schema.has("examples")
                            || schema.has("enum")
                            || described.get("schema").has("default");
                    if (!required && !shown) {
                        faults.add(about + ": shows no value");
                    }
                    if (described.path("description").asString("").isEmpty()) {
                        faults.add(about + ": has no description");
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void every_kind_of_failure_is_a_described_problem_type() {
        var types = new TreeSet<String>();
        contract.document()
                .at("/components/schemas/Problem/properties/type/enum")
                .forEach(t -> types.add(t.asString()));
        for (Failure failure : FailureSamples.ONE_OF_EACH) {
            assertThat(types).contains("/problems/" + failure.code());
        }
        var kinds = new TreeSet<String>();
        collect(Failure.class, kinds);
        assertThat(FailureSamples.ONE_OF_EACH.stream()
                        .map(failure -> failure.getClass().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(kinds);
    }

    private static void collect(Class<?> type, Set<String> kinds) {
        if (type.isSealed()) {
            for (Class<?> kind : type.getPermittedSubclasses()) {
                collect(kind, kinds);
            }
        } else {
            kinds.add(type.getSimpleName());
        }
    }

    @Test
    void rejections_by_the_server_are_described_problems() {
        for (int status : new int[] {400, 408, 413, 414, 417, 431, 500, 501, 503, 505}) {
            Response reply = ProblemResponses.refusal(status, "no", new CallId("call-1"));
            String problem = new String(reply.bytes(), StandardCharsets.UTF_8);
            assertThat(contract.faults("#/components/schemas/Problem", problem)).isEmpty();
        }
    }

    @Test
    void the_table_of_problems_lists_each_type_with_its_status_and_title() {
        String description = contract.document()
                .at("/components/schemas/Problem/description")
                .asString();
        for (Failure failure : FailureSamples.ONE_OF_EACH) {
            if (failure instanceof Failure.NoProviderAnswered) {
                continue;
            }
            assertThat(description)
                    .contains("| `/problems/" + failure.code() + "` | " + ProblemResponses.status(failure) + " | "
                            + ProblemResponses.title(failure) + ". ");
        }
    }
}
