package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Validates responses against the OpenAPI document: anything that it does not describe is an error. */
public final class ContractDocument {
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final String ADDRESS = "https://gateway.invalid/openapi.json";

    /** Statuses that any path may return, described by {@code default}. */
    private static final Set<Integer> GENERAL =
            Set.of(400, 401, 403, 405, 408, 413, 414, 417, 421, 429, 431, 500, 501, 503, 505);

    /** Headers of the HTTP protocol itself, which OpenAPI documents do not list. */
    private static final Set<String> TRANSPORT = Set.of(
            "content-type",
            "content-length",
            "content-encoding",
            "transfer-encoding",
            "date",
            "connection",
            "keep-alive");

    private final String text;
    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Set<String> exercised = ConcurrentHashMap.newKeySet();

    public ContractDocument() {
        try (InputStream in = ContractDocument.class.getResourceAsStream("/api/openapi.json")) {
            this.text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.document = JSON.readTree(text);
        var config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        this.schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(ADDRESS, text)).schemaRegistryConfig(config));
    }

    public JsonNode document() {
        return document;
    }

    /** {@code GET /path} of every operation. */
    Set<String> operations() {
        var operations = new TreeSet<String>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** {@code GET /path 200} of every response that was validated. */
    Set<String> exercised() {
        return exercised;
    }

    /** Fails unless the document describes this response: method, path, status, headers and body. */
    void validate(String method, String target, int status, HttpHeaders headers, byte[] body) {
        String path = target.replaceAll("\\?.*", "");
        String about = method + " " + target + " → " + status;
        Optional<String> template = find(path);
        checkCommonHeaders(about, headers);
        if (template.isEmpty()) {
            assertThat(status).as(about + ": the path is not described").isIn(404, 400);
            checkBody(about, "#/components/schemas/Problem", "application/problem+json", headers, body);
            return;
        }
        String pointer = "/paths/" + template.get().replace("~", "~0").replace("/", "~1");
        JsonNode operations = document.at(pointer);
        String operation = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        if (!operations.has(operation)) {
            validateOtherMethod(about, method, operations, status, headers, body);
            return;
        }
        JsonNode responses = operations.get(operation).get("responses");
        String key = Integer.toString(status);
        if (!responses.has(key)) {
            assertThat(status).as(about + ": the status is not described").isIn(GENERAL);
            key = "default";
        }
        exercised.add(method + " " + template.get() + " " + status);
        JsonNode described = responses.get(key);
        JsonNode response = resolved(described);
        String here = described.has("$ref")
                ? described.get("$ref").asString().substring(1)
                : pointer + "/" + operation + "/responses/" + key;
        checkHeaders(about, response, headers);
        checkContent(about, method, here, response, headers, body);
    }

    /** Fails unless the document describes the headers of the response 101 of a path. */
    void validateUpgrade(String path, HttpHeaders headers) {
        JsonNode response = document.at("/paths/" + path.replace("/", "~1") + "/get/responses/101");
        checkHeaders("GET " + path + " → 101", response, headers);
    }

    private void validateOtherMethod(
            String about, String method, JsonNode operations, int status, HttpHeaders headers, byte[] body) {
        var allowed = new TreeSet<String>();
        operations.propertyNames().forEach(name -> allowed.add(name.toUpperCase(Locale.ROOT)));
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        assertThat(headers.firstValue("Allow").map(value -> new TreeSet<>(List.of(value.split(", ")))))
                .as(about)
                .contains(allowed);
        if (method.equals("OPTIONS")) {
            assertThat(status).as(about).isEqualTo(204);
            assertThat(body).as(about).isEmpty();
        } else {
            assertThat(status).as(about).isEqualTo(405);
            checkBody(about, "#/components/schemas/Problem", "application/problem+json", headers, body);
        }
    }

    private void checkCommonHeaders(String about, HttpHeaders headers) {
        commonHeaders().forEach((name, header) -> {
            if (header.path("required").asBoolean(false)) {
                checkHeader(about, name, header, headers, true);
            }
        });
    }

    /** The headers that any response may have, including responses of paths that are not described. */
    private Map<String, JsonNode> commonHeaders() {
        var common = new TreeMap<String, JsonNode>();
        document.get("x-common-headers").properties().forEach(header -> common.put(header.getKey(), header.getValue()));
        document.at("/components/responses/Problem/headers")
                .properties()
                .forEach(header -> common.put(header.getKey(), resolved(header.getValue())));
        common.keySet().removeAll(Set.of("Allow", "Retry-After", "WWW-Authenticate"));
        return common;
    }

    private void checkHeaders(String about, JsonNode response, HttpHeaders headers) {
        var described = new TreeSet<String>();
        commonHeaders().forEach((name, header) -> {
            described.add(name.toLowerCase(Locale.ROOT));
            checkHeader(about, name, header, headers, false);
        });
        if (response.has("headers")) {
            response.get("headers").properties().forEach(entry -> {
                described.add(entry.getKey().toLowerCase(Locale.ROOT));
                JsonNode header = resolved(entry.getValue());
                boolean required = header.path("required").asBoolean(false);
                checkHeader(about, entry.getKey(), header, headers, required);
            });
        }
        assertThat(headers.map().keySet())
                .as(about + ": headers that are not described")
                .allMatch(name -> described.contains(name.toLowerCase(Locale.ROOT))
                        || TRANSPORT.contains(name.toLowerCase(Locale.ROOT)));
    }

    private void checkHeader(String about, String name, JsonNode header, HttpHeaders headers, boolean required) {
        List<String> values = headers.allValues(name);
        assertThat(values).as(about + ": " + name).hasSizeLessThanOrEqualTo(1);
        if (required) {
            assertThat(values).as(about + ": " + name).hasSize(1);
        }
        for (String value : values) {
            var faults =
                    schemas.getSchema(header.get("schema")).validate(JSON.writeValueAsString(value), InputFormat.JSON);
            assertThat(faults).as(about + ": " + name + ": " + value).isEmpty();
        }
    }

    private void checkContent(
            String about, String method, String here, JsonNode response, HttpHeaders headers, byte[] body) {
        if (!response.has("content")) {
            assertThat(body).as(about).isEmpty();
            return;
        }
        String type = mediaType(headers);
        assertThat(response.get("content").propertyNames())
                .as(about + ": media type")
                .contains(type);
        if (method.equals("HEAD")) {
            assertThat(body).as(about).isEmpty();
            return;
        }
        String schema = "#" + here + "/content/" + type.replace("/", "~1") + "/schema";
        checkBody(about, schema, type, headers, body);
    }

    private void checkBody(String about, String schema, String type, HttpHeaders headers, byte[] body) {
        assertThat(mediaType(headers)).as(about).isEqualTo(type);
        String content = new String(body, StandardCharsets.UTF_8);
        assertThat(content).as(about).isNotEmpty();
        if (type.endsWith("json")) {
            for (String document : type.endsWith("ndjson") ? content.lines().toList() : List.of(content)) {
                assertThat(faults(schema, document)).as(about + "\n" + document).isEmpty();
            }
        } else if (type.equals("text/event-stream")) {
            content.lines()
                    .filter(line -> line.startsWith("data: "))
                    .forEach(line -> assertThat(faults(schema, line.substring(6)))
                            .as(about + "\n" + line)
                            .isEmpty());
        }
    }

    /** Fails unless the document describes this data of an event of a stream. */
    public void checkEvent(String data) {
        assertThat(faults("#/components/schemas/StreamEvent", data)).as(data).isEmpty();
    }

    /** Fails unless the document describes this data of an event of the stream of alerts. */
    public void checkAlert(String data) {
        assertThat(faults("#/components/schemas/AlertEvent", data)).as(data).isEmpty();
    }

    /** Fails unless the document describes this message of the gateway over a WebSocket. */
    public void checkMessage(String message) {
        assertThat(faults("#/components/schemas/SocketMessage", message))
                .as(message)
                .isEmpty();
    }

    /** Fails unless the document describes this message of a client over a WebSocket. */
    public void checkRequest(String message) {
        assertThat(faults("#/components/schemas/SocketRequest", message))
                .as(message)
                .isEmpty();
    }

    /** The violations of the schema at {@code pointer} in {@code json}. */
    List<String> faults(String pointer, String json) {
        var faults = new ArrayList<String>();
        schemas.getSchema(SchemaLocation.of(ADDRESS + pointer))
                .validate(json, InputFormat.JSON)
                .forEach(fault -> faults.add(fault.getInstanceLocation() + ": " + fault.getMessage()));
        return faults;
    }

    /** The target of the reference in {@code node}, or {@code node} itself. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private static String mediaType(HttpHeaders headers) {
        return headers.firstValue("Content-Type")
                .orElse("none")
                .replaceAll(";.*", "")
                .strip();
    }

    private Optional<String> find(String path) {
        var templates = new ArrayList<>(document.get("paths").propertyNames());
        if (templates.contains(path)) {
            return Optional.of(path);
        }
        return templates.stream()
                .filter(template -> template.contains("{"))
                .filter(template -> path.matches(template.replace("{symbol}", ".+")
                        .replace("{provider}/{id}", "[^/]+/.+")
                        .replaceAll("\\{\\w+}", "[^/]+")))
                .findFirst();
    }
}
