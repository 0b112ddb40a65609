package io.marketbrain.provider.transport;

import io.marketbrain.model.Failure;
import io.marketbrain.model.ProviderId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Maps network errors to failures whose messages contain no address and nothing that a provider sent. Pure. */
final class TransportFailures {
    private static final Duration RETRY_AFTER_NO_MEMORY = Duration.ofSeconds(1);

    private TransportFailures() {}

    static Failure of(ProviderId provider, Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            switch (t) {
                case PayloadRejected rejected -> {
                    return new Failure.Malformed(provider, provider + " sent " + rejected.getMessage());
                }
                case PayloadTimeout timeout -> {
                    return timeout.forMemory() ? noMemory(provider) : late(provider);
                }
                case HttpConnectTimeoutException _ -> {
                    return new Failure.Unreachable(provider, provider + " did not accept a connection in time", false);
                }
                case UnresolvedAddressException _ -> {
                    return new Failure.Unreachable(
                            provider, "the host name of " + provider + " could not be resolved", false);
                }
                case ConnectException refused
                when !(refused.getCause() instanceof UnresolvedAddressException) -> {
                    return new Failure.Unreachable(provider, provider + " did not accept a connection", false);
                }
                case SSLHandshakeException _ -> {
                    return new Failure.Unreachable(
                            provider, "no secure connection to " + provider + " could be made", false);
                }
                case SSLException _ -> {
                    return new Failure.Unreachable(provider, "no secure connection to " + provider + " could be made");
                }
                // An invalid number in the response head causes an IllegalArgumentException inside the client.
                case ProtocolException _, IllegalArgumentException _ -> {
                    return new Failure.Malformed(provider, provider + " sent a response that is not HTTP");
                }
                default -> {}
            }
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return new Failure.Unreachable(
                        provider, "the connection to " + provider + " broke before the response was complete");
            }
        }
        throw new IllegalStateException("the HTTP client failed in an unknown way", thrown);
    }

    /** The deadline passed before the whole response was there. */
    static Failure late(ProviderId provider) {
        return new Failure.TimedOut(provider, provider + " did not respond in time");
    }

    private static Failure noMemory(ProviderId provider) {
        return new Failure.Shed(
                "too many large responses at once: no memory for the response of " + provider + " became free in time",
                RETRY_AFTER_NO_MEMORY);
    }
}
