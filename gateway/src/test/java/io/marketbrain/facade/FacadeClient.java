package io.marketbrain.facade;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A client of a façade, which is not part of our API description. */
public final class FacadeClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    public FacadeClient(int port, String prefix) {
        this.base = "http://127.0.0.1:" + port + prefix;
    }

    public HttpResponse<String> get(String target, String... headers) {
        return send("GET", target, headers);
    }

    public HttpResponse<String> send(String method, String target, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create(base + target)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Sends JSON. */
    public HttpResponse<String> post(String target, String json) {
        return send(HttpRequest.newBuilder(URI.create(base + target))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The body of a successful response. */
    public String body(String target) {
        HttpResponse<String> response = get(target);
        if (response.statusCode() != 200) {
            throw new AssertionError(target + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    public JsonValue json(String target) {
        try {
            return JsonValue.parse(body(target).getBytes(StandardCharsets.UTF_8));
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
