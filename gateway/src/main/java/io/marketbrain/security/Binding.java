package io.marketbrain.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Whether the gateway may listen on an address: on loopback always, elsewhere only once its owner has decided how. */
public final class Binding {
    private Binding() {}

    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Why not, and what to do about it.
     *
     * @param decided whether keys travel through TLS, or the owner has decided that they need not
     */
    public static Optional<String> findRefusal(String host, boolean anyKeys, boolean decided) {
        if (isLoopback(host) || (anyKeys && decided)) {
            return Optional.empty();
        }
        String refusal = "listening on " + host + " would let others in.";
        if (!anyKeys) {
            refusal += " Make a key for each of them first: brain keys create NAME.";
        }
        if (!decided) {
            refusal += " Keys travel readably without TLS: name a certificate and its key (server.tls.cert,"
                    + " server.tls.key), or put a proxy that speaks it in front, or trust the network, and say so with"
                    + " access.plain_http=true.";
        }
        return Optional.of(refusal);
    }
}
