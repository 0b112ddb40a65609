package io.marketbrain.provider.transport;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The base URLs of one host, of which one is preferred until it fails. A request that certainly did not arrive is sent to
 * the next address immediately; if it may have arrived, only later requests are, so that nothing is sent twice.
 * Thread-safe.
 */
final class HostAddresses {
    private final List<URI> addresses;
    private final AtomicInteger preferred = new AtomicInteger();

    HostAddresses(List<URI> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    /** How a request is sent to one base URL. */
    interface Sender<T> {
        Outcome<T> send(URI base) throws InterruptedException;
    }

    <T> Outcome<T> send(Sender<T> sender) throws InterruptedException {
        int first = preferred.get();
        for (int tried = 0; ; tried++) {
            int at = (first + tried) % addresses.size();
            Outcome<T> outcome = sender.send(addresses.get(at));
            if (!(outcome instanceof Outcome.Failed<T>(Failure failure)) || !isAboutTheAddress(failure)) {
                return outcome;
            }
            preferred.compareAndSet(at, (at + 1) % addresses.size());
            boolean mayHaveArrived = !(failure instanceof Failure.Unreachable unreachable) || unreachable.sent();
            if (mayHaveArrived || tried == addresses.size() - 1) {
                return outcome;
            }
        }
    }

    private static boolean isAboutTheAddress(Failure failure) {
        return failure instanceof Failure.Unreachable || failure instanceof Failure.TimedOut;
    }
}
