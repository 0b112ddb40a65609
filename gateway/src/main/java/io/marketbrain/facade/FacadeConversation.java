package io.marketbrain.facade;

import io.marketbrain.stream.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one WebSocket client and an emulated API say to each other. Its methods are never called at the same time. */
public interface FacadeConversation {
    /** What is said first. */
    List<byte[]> opening();

    /** The responses to a message, in UTF-8. */
    List<byte[]> receive(String message);

    /** The messages of events, in UTF-8, in order. */
    List<byte[]> events(List<Delivery> deliveries);

    /** How often it may have something to say although nothing happens; empty if as often as the streams themselves. */
    default Optional<Duration> pulse() {
        return Optional.empty();
    }

    /** Why the connection must end, so that nothing is lost unnoticed; empty while it may go on. */
    Optional<String> findEnd();
}
