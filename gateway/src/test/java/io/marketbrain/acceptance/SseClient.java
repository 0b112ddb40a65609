package io.marketbrain.acceptance;

import io.marketbrain.api.ContractDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of server-sent events. Every event is checked against the API description. */
public final class SseClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ContractDocument contract = new ContractDocument();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<java.io.InputStream> response;
    private final BufferedReader lines;

    /** One event. */
    public record Event(String id, String name, JsonNode data) {}

    public SseClient(int port, String target, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
        if (headers.length > 0) {
            request.headers(headers);
        }
        this.response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private void check(String name, String data) {
        if (name.equals("alert") || name.equals("ready")) {
            contract.checkAlert(data);
        } else {
            contract.checkEvent(data);
        }
    }

    /** The next event; null at the end of the stream. */
    public Event next() {
        String id = "";
        String name = "";
        var data = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !data.isEmpty()) {
                    check(name, data.toString());
                    return new Event(id, name, JSON.readTree(data.toString()));
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line, 6, line.length());
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events up to the first that fits, which is the last one. */
    public List<Event> until(Predicate<Event> last) {
        List<Event> events = new ArrayList<>();
        while (true) {
            Event event = next();
            if (event == null) {
                throw new AssertionError("the stream ended after " + events);
            }
            events.add(event);
            if (last.test(event)) {
                return events;
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
