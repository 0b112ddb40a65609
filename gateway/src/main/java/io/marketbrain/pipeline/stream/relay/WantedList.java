package io.marketbrain.pipeline.stream.relay;

import java.util.Optional;
import java.util.stream.Collectors;

/** Which of what this gateway wants Redis already knows, so that it is sent only when it has changed. Guarded by the session's lock. */
final class WantedList {
    private long version = 1;
    private long known;

    /** What is wanted here has changed. */
    void changed() {
        version++;
    }

    /** Redis may know nothing. */
    void forget() {
        known = 0;
    }

    long version() {
        return version;
    }

    /** The list to send; empty if Redis knows it. */
    Optional<String> findUnsent(RelayChannels channels) {
        return known == version
                ? Optional.empty()
                : Optional.of(channels.shared().map(channel -> channel.text).collect(Collectors.joining("\n")));
    }

    /** Redis has replied to a request. */
    void replied(LeaseRequest request, boolean isKnown) {
        boolean empty = request.list().isPresent() && request.list().get().isEmpty();
        known = isKnown || empty ? Math.max(known, request.listVersion()) : 0;
    }
}
