package io.marketbrain.stream;

/** An event that waits for a client. Guarded by the client's monitor. */
final class PendingEvent {
    final ClientSubscription subscription;

    /** How many bytes it takes of what may wait for the client; replayed events are held by the log and take none. */
    int bytes;

    SharedEvent event;

    PendingEvent(ClientSubscription subscription, SharedEvent event, int bytes) {
        this.subscription = subscription;
        this.event = event;
        this.bytes = bytes;
    }
}
