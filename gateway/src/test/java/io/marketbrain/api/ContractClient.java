package io.marketbrain.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP client that validates every response of a running gateway against the OpenAPI document. Use it in every test
 * that sends HTTP requests to the API.
 */
public final class ContractClient implements AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final ContractDocument contract = new ContractDocument();
    private final int port;

    public ContractClient(int port) {
        this.port = port;
    }

    /** The port that requests are sent to. */
    public int port() {
        return port;
    }

    /** One response, decompressed if necessary. */
    @SuppressWarnings("ArrayRecordComponent") // responses are never compared
    public record Answer(int status, HttpHeaders headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return ContractDocument.JSON.readTree(body);
        }

        /** The value of a header; empty if it is missing. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** GET with headers given as name, value, name, value. */
    public Answer get(String target, String... headers) {
        return send("GET", target, headers);
    }

    public Answer send(String method, String target, String... headers) {
        return send(method, target, "", headers);
    }

    /** A request with a JSON body, or without one where {@code json} is empty. */
    public Answer sendJson(String method, String target, String json, String... headers) {
        return send(method, target, json, headers);
    }

    /** A request with a JSON body, or without one where {@code json} is empty. */
    Answer send(String method, String target, String json, String[] headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        json.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            byte[] body = body(response);
            contract.validate(method, target, response.statusCode(), response.headers(), body);
            return new Answer(response.statusCode(), response.headers(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The whole body; of a stream of events the first one, since it has no end. */
    private static byte[] body(HttpResponse<InputStream> response) throws IOException {
        boolean events =
                response.headers().firstValue("Content-Type").orElse("").equals("text/event-stream");
        try (InputStream in = response.body()) {
            return events ? firstEvent(in) : unpacked(response, in.readAllBytes());
        }
    }

    private static byte[] firstEvent(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            text.append((char) c);
            if (text.indexOf("data: ") >= 0 && text.toString().endsWith("\n\n")) {
                break;
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] unpacked(HttpResponse<InputStream> response, byte[] body) throws IOException {
        boolean packed =
                response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        if (!packed || body.length == 0) {
            return body;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }

    ContractDocument contract() {
        return contract;
    }

    @Override
    public void close() {
        client.close();
    }
}
