package io.marketbrain.provider;

import io.marketbrain.model.Call;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way to one provider over HTTP. A call waits for one of the provider's connections, and from then on until the
 * last byte of the body everything counts against the call's deadline; when that passes the socket is closed. Bodies
 * are capped as sent and as decompressed, redirects stay on the host, and a request is sent once. Blocks the calling
 * (virtual) thread. Thread-safe.
 */
public final class HttpTransport implements Transport {
    private final ProviderId provider;
    private final URI base;
    private final Optional<Credential> credential;
    private final HttpConnections connections;
    private final Semaphore free;
    private final int maxConnections;
    private final InstantSource clock;

    public HttpTransport(
            Descriptor descriptor, ProviderConfig config, HttpConnections connections, InstantSource clock) {
        this.provider = descriptor.id();
        this.base = RequestAddress.checked(config.baseUrl().orElse(descriptor.baseUrl()));
        this.credential = Credential.find(descriptor, config);
        this.connections = connections;
        this.maxConnections = descriptor.maxConnections();
        this.free = new Semaphore(maxConnections, true);
        this.clock = clock;
    }

    @Override
    public Outcome<RawPayload> exchange(ProviderRequest request, Call call) {
        if (credential.isPresent() && !credential.get().isSendable()) {
            return Outcome.failed(new Failure.CredentialsRejected(
                    provider, "the key configured for " + provider + " has characters that no HTTP header can carry"));
        }
        Deadline deadline = call.deadline();
        try {
            if (!free.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return Outcome.failed(new Failure.DeadlinePassed("the time was up before one of the " + maxConnections
                        + " connections to " + provider + " was free"));
            }
            try {
                return follow(RequestAddress.of(base, request), deadline);
            } finally {
                free.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.DeadlinePassed("nobody waits for this answer any more"));
        }
    }

    private Outcome<RawPayload> follow(URI first, Deadline deadline) throws InterruptedException {
        URI target = first;
        for (int redirects = 0; ; redirects++) {
            Outcome<HttpResponse<byte[]>> sent = send(target, deadline);
            if (!(sent instanceof Outcome.Success<HttpResponse<byte[]>>(HttpResponse<byte[]> response))
                    || !RedirectPolicy.isRedirect(response.statusCode())) {
                return sent.then(this::payload);
            }
            Optional<URI> next = response.headers()
                    .firstValue("location")
                    .flatMap(location -> RedirectPolicy.findTarget(response.uri(), location));
            if (next.isEmpty()) {
                return malformed("redirects to another host, which is not followed");
            }
            if (redirects >= connections.config().maxRedirects()) {
                return malformed("redirects more than " + redirects + " times");
            }
            target = next.get();
        }
    }

    private Outcome<HttpResponse<byte[]>> send(URI target, Deadline deadline) throws InterruptedException {
        long left = deadline.remaining().toNanos();
        if (left == 0) {
            return Outcome.failed(new Failure.DeadlinePassed("the time was up before " + provider + " could be asked"));
        }
        var request = HttpRequest.newBuilder(target)
                .header("Accept", "application/json, */*;q=0.5")
                .header("Accept-Encoding", ContentEncoding.ACCEPTED)
                .header("User-Agent", connections.config().userAgent());
        credential.ifPresent(c -> request.header(c.header(), c.secret().reveal()));
        Optional<HttpClient> client = connections.findClient();
        if (client.isEmpty()) {
            return Outcome.failed(new Failure.Unreachable(provider, "the gateway is stopping"));
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client.get()
                .sendAsync(
                        request.build(), CappedBody.handler(connections.config().maxBodyBytes()));
        try {
            return Outcome.success(answer.get(left, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Outcome.failed(new Failure.TimedOut(provider, provider + " did not answer in time"));
        } catch (ExecutionException e) {
            return Outcome.failed(TransportFailures.of(provider, e));
        } finally {
            // Closes the socket of a call that is given up; does nothing to one that has ended.
            answer.cancel(true);
        }
    }

    private Outcome<RawPayload> payload(HttpResponse<byte[]> response) {
        Map<String, String> headers = HashMap.newHashMap(16);
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        try {
            byte[] body = ContentEncoding.decode(
                    response.body(),
                    headers.getOrDefault("content-encoding", ""),
                    connections.config().maxBodyBytes());
            return Outcome.success(new RawPayload(response.statusCode(), headers, body, clock.instant()));
        } catch (MalformedPayload e) {
            return malformed("sent an unreadable answer: " + e.getMessage());
        }
    }

    private <T> Outcome<T> malformed(String what) {
        return Outcome.failed(new Failure.Malformed(provider, provider + " " + what));
    }

    @Override
    public String toString() {
        return RequestAddress.shown(base);
    }
}
