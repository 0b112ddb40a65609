package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.PurgeReach;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The purges whose callers are waiting for other gateways. A purge is confirmed once as many gateways as received its message have reported that they removed what they had in memory; this gateway, which usually receives its own message, is one of them. Thread-safe.
 */
final class PurgeConfirmations {
    private final Map<String, Confirmation> waiting = new ConcurrentHashMap<>();

    private static final class Confirmation {
        private final CompletableFuture<PurgeReach> reach = new CompletableFuture<>();
        private final Set<String> gateways = new HashSet<>();
        private long receivers = -1;

        synchronized void sent(long receivers) {
            this.receivers = receivers;
            check();
        }

        synchronized void from(String gateway) {
            gateways.add(gateway);
            check();
        }

        private void check() {
            if (receivers >= 0 && gateways.size() >= receivers) {
                reach.complete(PurgeReach.CONFIRMED);
            }
        }

        synchronized PurgeReach soFar() {
            return receivers >= 0 ? PurgeReach.SENT : PurgeReach.PENDING;
        }
    }

    /** Returns a future that completes when the purge is confirmed; the caller must end it with {@link #end}. */
    CompletableFuture<PurgeReach> await(String purge) {
        return waiting.computeIfAbsent(purge, _ -> new Confirmation()).reach;
    }

    /** Redis has the purge and delivered its message to {@code receivers} gateways. */
    void sent(String purge, long receivers) {
        Confirmation confirmation = waiting.get(purge);
        if (confirmation != null) {
            confirmation.sent(receivers);
        }
    }

    /** A gateway has removed what it had in memory. */
    void confirmed(String purge, String gateway) {
        Confirmation confirmation = waiting.get(purge);
        if (confirmation != null) {
            confirmation.from(gateway);
        }
    }

    /** Ends the wait with what is known. */
    void end(String purge) {
        Confirmation confirmation = waiting.remove(purge);
        if (confirmation != null) {
            confirmation.reach.complete(confirmation.soFar());
        }
    }

    int size() {
        return waiting.size();
    }
}
