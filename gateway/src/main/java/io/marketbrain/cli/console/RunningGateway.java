package io.marketbrain.cli.console;

import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.http.tls.PinnedTrustManager;
import io.marketbrain.http.tls.TlsConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/** A client of the gateway that is running on this machine, if there is one. */
public final class RunningGateway {
    /** The environment variable with the key to send, if the gateway requires one. */
    static final String KEY_VARIABLE = "BRAIN_API_KEY";

    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 65_000;

    private final ServerConfig server;
    private final Map<String, String> environment;

    public RunningGateway(ServerConfig server, Map<String, String> environment) {
        this.server = server;
        this.environment = environment;
    }

    /** Its response to a GET; empty if no gateway is listening. */
    public Optional<Answered> find(String target) {
        var body = new ByteArrayOutputStream();
        try {
            return stream(target, body)
                    .map(answered -> answered.body().isEmpty()
                            ? new Answered(answered.status(), body.toString(StandardCharsets.UTF_8))
                            : answered);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    /**
     * Its response to a GET, whose body goes to {@code out} as it arrives if it is successful; empty if no gateway is listening.
     *
     * @throws IOException if the body could not be read or written to its end
     */
    public Optional<Answered> stream(String target, OutputStream out) throws IOException {
        HttpURLConnection connection;
        int status;
        try {
            connection = connect(target);
            status = connection.getResponseCode();
        } catch (IOException | IllegalArgumentException | TlsConfigException notRunning) {
            return Optional.empty();
        }
        if (connection.getHeaderField("X-Request-Id") == null) {
            return Optional.empty();
        }
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (status >= 400) {
                return Optional.of(new Answered(status, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
            in.transferTo(out);
            return Optional.of(new Answered(status, ""));
        }
    }

    /**
     * Its response to a request other than PATCH, with a JSON body unless that is empty; empty if no gateway is
     * listening. A response of success has the status 200.
     */
    public Optional<Answered> send(String method, String target, String json) {
        try {
            HttpURLConnection connection = connect(target);
            connection.setRequestMethod(method);
            if (!json.isEmpty()) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            if (connection.getHeaderField("X-Request-Id") == null) {
                return Optional.empty();
            }
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return Optional.of(new Answered(status < 300 ? 200 : status, body));
            }
        } catch (IOException | IllegalArgumentException | TlsConfigException notRunning) {
            return Optional.empty();
        }
    }

    private HttpURLConnection connect(String target) throws IOException, TlsConfigException {
        var connection =
                (HttpURLConnection) URI.create(address() + target).toURL().openConnection(java.net.Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secret && server.tls().isPresent()) {
            secret.setSSLSocketFactory(
                    PinnedTrustManager.trusting(server.tls().get()).getSocketFactory());
            // The certificate itself is pinned, so its host name does not matter.
            secret.setHostnameVerifier((_, _) -> true);
        }
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        String key = environment.get(KEY_VARIABLE);
        if (key != null && !key.isBlank()) {
            connection.setRequestProperty("X-API-Key", key.strip());
        }
        return connection;
    }

    public String address() {
        InetAddress bound = new InetSocketAddress(server.host(), server.port()).getAddress();
        String host = bound == null || bound.isAnyLocalAddress() ? "127.0.0.1" : server.host();
        boolean bare = host.contains(":") && !host.startsWith("[");
        String scheme = server.tls().isPresent() ? "https://" : "http://";
        return scheme + (bare ? "[" + host + "]" : host) + ":" + server.port();
    }
}
