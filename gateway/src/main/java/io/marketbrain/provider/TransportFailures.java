package io.marketbrain.provider;

import io.marketbrain.model.Failure;
import io.marketbrain.model.ProviderId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** What network troubles mean, in words that name no address and quote nothing that a provider sent. Pure. */
final class TransportFailures {
    private TransportFailures() {}

    static Failure of(ProviderId provider, Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            switch (t) {
                case CappedBody.TooLarge large -> {
                    return new Failure.Malformed(
                            provider, provider + " sent a body that is too large: " + large.getMessage());
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
                // A number in the head that is none ends as an IllegalArgumentException inside the client.
                case ProtocolException _, IllegalArgumentException _ -> {
                    return new Failure.Malformed(provider, provider + " sent an answer that is not HTTP");
                }
                default -> {}
            }
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return new Failure.Unreachable(
                        provider, "the connection to " + provider + " broke before a whole answer was there");
            }
        }
        throw new IllegalStateException("the HTTP client failed in an unknown way", thrown);
    }
}
