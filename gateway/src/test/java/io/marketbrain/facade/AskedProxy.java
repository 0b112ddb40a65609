package io.marketbrain.facade;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.PlaybackServer.Asked;
import io.marketbrain.provider.PlaybackServer.Line;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A proxy in front of a gateway that keeps what a client asks for, which is compared with an {@link AskedFile}. */
public final class AskedProxy implements AutoCloseable {
    private static final Set<String> NOT_PASSED =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade", "accept-encoding");

    private final HttpClient http = HttpClient.newHttpClient();
    private final PlaybackServer server = PlaybackServer.start();
    private final int port;

    public AskedProxy(int port) {
        this.port = port;
        server.otherwise(this::pass);
    }

    /** The address of the proxy, without a slash at its end. */
    public String address() {
        return server.url().toString();
    }

    /** What was asked for so far, a line each, in the order of the lines, each once. */
    public List<String> asked(Function<Asked, String> line) {
        return server.asked().stream().map(line).distinct().sorted().toList();
    }

    /** Method, path and decoded parameters. */
    public static String target(Asked asked) {
        return asked.method() + " " + asked.path() + query(asked.parameters(), text -> text);
    }

    private static String query(Map<String, String> parameters, Function<String, String> encoding) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(one -> encoding.apply(one.getKey()) + "=" + encoding.apply(one.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private void pass(Asked asked, Line line) throws IOException, InterruptedException {
        String target =
                asked.path() + query(asked.parameters(), text -> URLEncoder.encode(text, StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .method(asked.method(), HttpRequest.BodyPublishers.ofString(asked.body()));
        asked.headers().forEach((name, value) -> {
            if (!NOT_PASSED.contains(name)) {
                request.header(name, value);
            }
        });
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED.contains(name)) {
                headers.put(name, String.join(", ", values));
            }
        });
        String length = asked.method().equals("HEAD")
                ? response.headers().firstValue("Content-Length").orElse("0")
                : Integer.toString(response.body().length);
        headers.put("Content-Length", length);
        line.head(response.statusCode(), headers).write(response.body());
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
