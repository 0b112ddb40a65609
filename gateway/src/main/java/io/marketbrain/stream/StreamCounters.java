package io.marketbrain.stream;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the hub counts. Thread-safe. */
final class StreamCounters {
    final LongAdder delivered = new LongAdder();
    final LongAdder overflows = new LongAdder();
    final LongAdder closedSlow = new LongAdder();
    final LongAdder refused = new LongAdder();

    /** Events that a newer one replaced, of the clients that have left. */
    final LongAdder conflatedOfGone = new LongAdder();

    /** The counters, and the sums over the clients that are present, by snake_case name. */
    Map<String, Long> all(Collection<StreamClient> clients) {
        long subscriptions = 0;
        long waiting = 0;
        long conflated = conflatedOfGone.sum();
        for (StreamClient client : clients) {
            subscriptions += client.count();
            waiting += client.waitingBytes();
            conflated += client.conflated();
        }
        Map<String, Long> all = new HashMap<>();
        all.put("clients", (long) clients.size());
        all.put("subscriptions", subscriptions);
        all.put("waiting_bytes", waiting);
        all.put("delivered", delivered.sum());
        all.put("conflated", conflated);
        all.put("gaps", overflows.sum());
        all.put("closed_slow", closedSlow.sum());
        all.put("refused", refused.sum());
        return all;
    }
}
