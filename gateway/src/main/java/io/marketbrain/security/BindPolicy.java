package io.marketbrain.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Decides whether the gateway may listen on an address: always on loopback; elsewhere only with API keys and a decision
 * about TLS.
 */
public final class BindPolicy {
    private BindPolicy() {}

    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Why the gateway may not listen on {@code host}, and what to do about it; empty if it may.
     *
     * @param tlsDecided whether TLS is configured, or plain HTTP is explicitly allowed
     */
    public static Optional<String> findRefusal(String host, boolean anyKeys, boolean tlsDecided) {
        if (isLoopback(host) || (anyKeys && tlsDecided)) {
            return Optional.empty();
        }
        String refusal = "listening on " + host + " makes the gateway reachable from other machines.";
        if (!anyKeys) {
            refusal += " Create an API key for each client first: brain keys create NAME.";
        }
        if (!tlsDecided) {
            refusal += " Without TLS, keys are sent unencrypted: set a certificate and its key (server.tls.cert,"
                    + " server.tls.key), or, behind a TLS proxy or on a trusted network, set access.plain_http=true.";
        }
        return Optional.of(refusal);
    }
}
