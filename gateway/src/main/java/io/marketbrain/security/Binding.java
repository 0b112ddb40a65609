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

    /** Why not, and what to do about it. */
    public static Optional<String> findRefusal(String host, boolean anyKeys, AccessConfig access) {
        if (isLoopback(host) || (anyKeys && access.plainHttp())) {
            return Optional.empty();
        }
        String refusal = "listening on " + host + " would let others in.";
        if (!anyKeys) {
            refusal += " Make a key for each of them first: brain keys create NAME.";
        }
        if (!access.plainHttp()) {
            refusal += " Keys travel readably without TLS: put a proxy that speaks it in front, or trust the network,"
                    + " and say so with access.plain_http=true.";
        }
        return Optional.of(refusal);
    }
}
