package io.marketbrain.provider.transport;

import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.Call;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderHosts;
import io.marketbrain.provider.descriptor.RequestMethod;
import io.marketbrain.provider.descriptor.RequestUri;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP connection to one provider. The deadline of a call covers everything from the start of the connection to the
 * last byte of the body; when it passes, the socket is closed. Bodies are read within the request's limits and the
 * process's memory for payloads, redirects stay on the host, and a request is sent once: to the next address of its host
 * only if it certainly did not reach the one before. Credentials are sent to the provider's own hosts only. The number of
 * concurrent calls is not limited here but by the bulkhead layer of the provider's stacks. Blocks the calling (virtual)
 * thread. Thread-safe.
 */
public final class HttpTransport implements Transport {
    private final ProviderId provider;
    private final URI shownBase;
    private final Map<String, HostAddresses> hosts = new HashMap<>();
    private final Credentials credentials;
    private final HttpConnections connections;
    private final InstantSource clock;
    private final KeptConnections kept = new KeptConnections();
    private final Optional<ExchangeRecorder> recorder;

    /** A transport whose exchanges are not recorded. */
    public HttpTransport(
            Descriptor descriptor, ProviderConfig config, HttpConnections connections, InstantSource clock) {
        this(descriptor, config, connections, clock, Optional.empty());
    }

    /** @param recorder receives every response that arrived whole */
    public HttpTransport(
            Descriptor descriptor,
            ProviderConfig config,
            HttpConnections connections,
            InstantSource clock,
            Optional<ExchangeRecorder> recorder) {
        ProviderHosts addresses = config.baseUrl()
                .map(RequestUri::checked)
                .map(descriptor.hosts()::allAt)
                .orElse(descriptor.hosts());
        this.provider = descriptor.id();
        this.shownBase = addresses.main();
        addresses.byName().forEach((name, urls) -> hosts.put(name, new HostAddresses(urls)));
        this.credentials = new Credentials(descriptor.authentication(), config.key(), config.secret());
        this.connections = connections;
        this.clock = clock;
        this.recorder = recorder;
    }

    @Override
    public Outcome<RawPayload> exchange(ProviderRequest request, Call call) {
        if (!credentials.areSendable()) {
            return Outcome.failed(new Failure.CredentialsRejected(
                    provider, "the key configured for " + provider + " has characters that no HTTP header can carry"));
        }
        HostAddresses host = hosts.get(request.host().isEmpty() ? ProviderHosts.MAIN : request.host());
        if (host == null) {
            throw new IllegalStateException("the descriptor of " + provider + " has no host " + request.host());
        }
        Deadline deadline = call.deadline();
        try {
            return host.send(base -> follow(base, request, deadline));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.DeadlinePassed("request cancelled by the client"));
        }
    }

    private Outcome<RawPayload> follow(URI base, ProviderRequest request, Deadline deadline)
            throws InterruptedException {
        PayloadLimits limits =
                request.limits().withBodiesUpTo(connections.config().maxBodyBytes());
        var unsigned = new UnsignedRequest(
                request.method().name(),
                RequestUri.path(base, request.path()),
                RequestUri.encoded(request.parameters()),
                request.body().map(RequestBody::text).orElse(""));
        AuthorizedRequest authorized = credentials.authorize(unsigned, clock.instant());
        URI target = RequestUri.of(base, unsigned.path(), authorized.query());
        for (int redirects = 0; ; redirects++) {
            Outcome<Received> sent = send(target, request, authorized, limits, deadline);
            if (!(sent instanceof Outcome.Success<Received>(Received received))
                    || !RedirectPolicy.isRedirect(received.head().statusCode())) {
                return sent.map(whole -> {
                    RawPayload raw = payload(whole, limits, authorized.carriesCredentials(unsigned));
                    recorder.ifPresent(to -> to.record(request, raw, credentials.carriedBy(authorized, unsigned)));
                    return raw;
                });
            }
            received.lease().close();
            if (request.method() != RequestMethod.GET || !credentials.followRedirects()) {
                return malformed("redirects a POST or a signed request, which cannot be followed");
            }
            Optional<URI> next = received.head()
                    .headers()
                    .firstValue("location")
                    .flatMap(location ->
                            RedirectPolicy.findTarget(received.head().uri(), location));
            if (next.isEmpty()) {
                return malformed("redirects to another host, which is not followed");
            }
            if (redirects >= connections.config().maxRedirects()) {
                return malformed("redirects more than " + redirects + " times");
            }
            target = next.get();
        }
    }

    /** A response with its whole body, and the memory that it holds. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Received(HttpResponse<BodyStream> head, byte[] body, PayloadBudget.Lease lease) {}

    private Outcome<Received> send(
            URI target, ProviderRequest asked, AuthorizedRequest authorized, PayloadLimits limits, Deadline deadline)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled before the request was sent");
        }
        long left = deadline.remaining().toNanos();
        if (left == 0) {
            return Outcome.failed(
                    new Failure.DeadlinePassed("the deadline passed before " + provider + " could be called"));
        }
        var request = HttpRequest.newBuilder(target)
                .header("Accept", asked.payload().accept())
                .header("Accept-Encoding", PayloadReader.ACCEPTED_ENCODING)
                .header("User-Agent", connections.config().userAgent());
        asked.headers().forEach(request::setHeader);
        asked.body()
                .ifPresent(body -> request.header("Content-Type", body.contentType())
                        .POST(HttpRequest.BodyPublishers.ofString(body.text())));
        authorized.headers().forEach(request::header);
        connections
                .config()
                .proxies()
                .findProxy(target)
                .flatMap(ProxyAddress::authorization)
                .ifPresent(login -> request.header("Proxy-Authorization", login));
        Optional<HttpClient> client = connections.findClient();
        if (client.isEmpty()) {
            return Outcome.failed(new Failure.Unreachable(provider, "the gateway is stopping"));
        }
        CompletableFuture<HttpResponse<BodyStream>> answer =
                client.get().sendAsync(request.build(), BodyStream.handler());
        boolean received = false;
        boolean onKept = kept.take(target);
        try {
            HttpResponse<BodyStream> head = answer.get(left, TimeUnit.NANOSECONDS);
            received = true;
            Optional<ProxyAddress> proxy = connections.config().proxies().findProxy(target);
            if (proxy.isPresent() && refusedByProxy(head)) {
                return Outcome.failed(new Failure.Unreachable(
                        provider, "the proxy " + proxy.get().place() + " refused with HTTP " + head.statusCode()));
            }
            Outcome<Received> whole = receive(head, limits, deadline);
            if (whole instanceof Outcome.Success) {
                kept.keep(target, head.headers().firstValue("connection"));
            }
            return whole;
        } catch (TimeoutException e) {
            return Outcome.failed(TransportFailures.late(provider));
        } catch (ExecutionException e) {
            Failure failure = TransportFailures.of(provider, e);
            return Outcome.failed(
                    onKept && failure instanceof Failure.Unreachable lost && lost.sent() ? lost.onKept() : failure);
        } finally {
            // Closes the socket of a cancelled call, even if its response head arrived at the same moment.
            if (!answer.cancel(true) && !received) {
                var _ = answer.thenAccept(HttpTransport::close);
            }
        }
    }

    @SuppressWarnings("NullAway") // as refusedByProxy
    private static void close(HttpResponse<BodyStream> head) {
        BodyStream body = head.body();
        if (body != null) {
            body.close();
        }
    }

    /** Whether a response comes from the proxy itself; one to a CONNECT has no body at all. */
    @SuppressWarnings("NullAway") // the JDK's client passes null although its documentation does not say so
    private static boolean refusedByProxy(HttpResponse<BodyStream> head) {
        BodyStream body = head.body();
        if (body == null) {
            return true;
        }
        if (head.statusCode() == HttpURLConnection.HTTP_PROXY_AUTH) {
            body.close();
            return true;
        }
        return false;
    }

    private Outcome<Received> receive(HttpResponse<BodyStream> head, PayloadLimits limits, Deadline deadline)
            throws InterruptedException {
        PayloadBudget.Lease lease = connections.budget().open(provider);
        boolean whole = false;
        try (BodyStream body = head.body()) {
            String encoding = head.headers().firstValue("content-encoding").orElse("");
            var received = new Received(head, new PayloadReader(limits, lease, deadline).read(body, encoding), lease);
            whole = true;
            return Outcome.success(received);
        } catch (IOException e) {
            return Outcome.failed(TransportFailures.of(provider, e));
        } finally {
            if (!whole) {
                lease.close();
            }
        }
    }

    private RawPayload payload(Received received, PayloadLimits limits, boolean keySent) {
        Map<String, String> headers = HashMap.newHashMap(16);
        received.head()
                .headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new RawPayload(
                received.head().statusCode(),
                headers,
                received.body(),
                clock.instant(),
                limits,
                received.lease()::close,
                keySent);
    }

    private <T> Outcome<T> malformed(String what) {
        return Outcome.failed(new Failure.Malformed(provider, provider + " " + what));
    }

    @Override
    public String toString() {
        return RequestUri.shown(shownBase);
    }
}
