package io.marketbrain.provider.transport;

import io.marketbrain.model.NanoClock;
import io.marketbrain.provider.feed.FeedSocket;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The process's one HTTP client and its kept-alive connections, created by the first call that leaves the machine.
 * HTTP/1.1 only, so that giving up on a call closes its socket. Thread-safe.
 */
public final class HttpConnections implements AutoCloseable {
    private final TransportConfig config;
    private final PayloadBudget budget;
    private @Nullable HttpClient client;
    private boolean closed;

    /** Connections with a payload budget that follows this process's heap. */
    public HttpConnections(TransportConfig config) {
        this(config, PayloadBudget.ofHeap(Runtime.getRuntime().maxMemory()));
    }

    /**
     * @param budget the memory for all bodies being read
     */
    public HttpConnections(TransportConfig config, PayloadBudget budget) {
        this.config = config;
        this.budget = budget;
    }

    /** The memory for all bodies being read. */
    public PayloadBudget budget() {
        return budget;
    }

    TransportConfig config() {
        return config;
    }

    /** The client; none once the gateway has stopped, which background work may outlive by a moment. */
    synchronized Optional<HttpClient> findClient() {
        HttpClient existing = client;
        if (closed) {
            return Optional.empty();
        }
        if (existing != null) {
            return Optional.of(existing);
        }
        sendOnlyOnce();
        allowProxyLogins();
        HttpClient created = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout())
                .proxy(new ProxyRoutes(config.proxies()))
                .sslContext(DeferredSslContext.trusting(config.caFile()))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        client = created;
        return Optional.of(created);
    }

    /** Opens WebSockets to providers on the same client, through the same proxies, with the same trusted authorities. */
    public FeedSocket.Dialer feedDialer(NanoClock nanoClock) {
        return (address, within) -> JdkFeedSocket.open(
                findClient().orElseThrow(() -> new IOException("the gateway is stopping")),
                config.userAgent(),
                address,
                within,
                nanoClock);
    }

    /**
     * Without this the client silently resends a request when a kept-alive connection breaks before the response, and
     * a provider may charge for both. Retries are decided by the resilience layers.
     */
    private static void sendOnlyOnce() {
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    }

    /**
     * By default the client sends no Basic credentials to a proxy that tunnels TLS. They are sent as a header, because
     * with an authenticator the client would also fail on every 401 of a provider that has no challenge.
     */
    private static void allowProxyLogins() {
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.shutdownNow();
        }
    }
}
