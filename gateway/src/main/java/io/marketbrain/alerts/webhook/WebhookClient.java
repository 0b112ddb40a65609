package io.marketbrain.alerts.webhook;

import io.marketbrain.alerts.AlertsConfig;
import io.marketbrain.alerts.Firing;
import io.marketbrain.alerts.FiringJson;
import io.marketbrain.alerts.WebhookResult;
import io.marketbrain.alerts.WebhookSender;
import io.marketbrain.alerts.WebhookTarget;
import io.marketbrain.model.NanoClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends a webhook as one POST on a connection of its own, to an address that was checked after the look-up of the host: nothing looks
 * it up a second time. Reads the head of the response only, and follows no redirect. Neither results nor the log have the path of
 * the target in them. Thread-safe.
 */
public final class WebhookClient implements WebhookSender {
    private final AlertsConfig config;
    private final String userAgent;
    private final HostResolver resolver;
    private final TlsSockets tls;
    private final NanoClock nanoClock;
    private final InstantSource clock;

    /** Makes the sockets for https; called when the first one is needed. */
    @FunctionalInterface
    public interface TlsSockets {
        SSLSocketFactory factory() throws IOException;
    }

    public WebhookClient(
            AlertsConfig config,
            String userAgent,
            HostResolver resolver,
            TlsSockets tls,
            NanoClock nanoClock,
            InstantSource clock) {
        this.config = config;
        this.userAgent = userAgent;
        this.resolver = resolver;
        this.tls = tls;
        this.nanoClock = nanoClock;
        this.clock = clock;
    }

    @Override
    public WebhookResult send(WebhookTarget target, Firing firing) {
        long end = nanoClock.nanos() + config.webhookTimeout().toNanos();
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(target.host());
        } catch (UnknownHostException e) {
            return new WebhookResult.Unreachable("the host is unknown");
        }
        if (!config.allowPrivateTargets()) {
            for (InetAddress address : addresses) {
                Optional<String> refusal = TargetPolicy.findRefusal(address);
                if (refusal.isPresent()) {
                    return new WebhookResult.Refused("the host is at an address that is " + refusal.get() + "; "
                            + AlertsConfig.ALLOW_PRIVATE_TARGETS + " allows it");
                }
            }
        }
        try {
            return post(addresses, target, firing, end);
        } catch (SocketTimeoutException e) {
            return new WebhookResult.Unreachable(
                    "no response within " + config.webhookTimeout().toMillis() + " ms");
        } catch (SSLException e) {
            return new WebhookResult.Unreachable("TLS failed: " + shortened(e.getMessage()));
        } catch (IOException e) {
            return new WebhookResult.Unreachable("the connection failed: " + shortened(e.getMessage()));
        }
    }

    /** Sent once: another address is tried only if there was no connection to the one before. */
    private WebhookResult post(InetAddress[] addresses, WebhookTarget target, Firing firing, long end)
            throws IOException {
        IOException last = new IOException("the host has no address");
        for (InetAddress address : addresses) {
            try (var socket = new Socket()) {
                try {
                    socket.connect(new InetSocketAddress(address, target.port()), left(end));
                } catch (IOException e) {
                    last = e;
                    continue;
                }
                socket.setSoTimeout(left(end));
                return target.isEncrypted()
                        ? encrypted(socket, target, firing, end)
                        : exchange(socket, target, firing, end);
            }
        }
        throw last;
    }

    private WebhookResult encrypted(Socket plain, WebhookTarget target, Firing firing, long end) throws IOException {
        try (var socket = (SSLSocket) tls.factory().createSocket(plain, target.host(), target.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return exchange(socket, target, firing, end);
        }
    }

    private WebhookResult exchange(Socket socket, WebhookTarget target, Firing firing, long end) throws IOException {
        byte[] body = FiringJson.body(firing);
        var head = new StringBuilder()
                .append("POST ")
                .append(path(target))
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.uri().getRawAuthority())
                .append("\r\nUser-Agent: ")
                .append(userAgent)
                .append("\r\nContent-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\nIdempotency-Key: ")
                .append(firing.key());
        config.signingKey()
                .ifPresent(key ->
                        head.append("\r\nX-Marketbrain-Signature: ").append(WebhookSignature.of(key.reveal(), body)));
        head.append("\r\nAccept: */*\r\nConnection: close\r\n\r\n");
        var out = socket.getOutputStream();
        byte[] request = head.toString().getBytes(StandardCharsets.US_ASCII);
        out.write(request);
        out.write(body);
        out.flush();
        return ResponseHead.read(socket.getInputStream(), () -> socket.setSoTimeout(left(end)))
                .result(clock.instant());
    }

    private static String path(WebhookTarget target) {
        String path = target.uri().toASCIIString();
        int authority = path.indexOf("://") + 3;
        int slash = path.indexOf('/', authority);
        int query = path.indexOf('?', authority);
        if (slash < 0 || (query >= 0 && query < slash)) {
            return "/" + (query < 0 ? "" : path.substring(query));
        }
        return path.substring(slash);
    }

    private int left(long end) throws IOException {
        long millis = (end - nanoClock.nanos()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the gateway is stopping");
        }
        return (int) millis;
    }

    private static String shortened(@org.jspecify.annotations.Nullable String message) {
        String text = String.valueOf(message);
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
