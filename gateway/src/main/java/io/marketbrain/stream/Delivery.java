package io.marketbrain.stream;

/**
 * One event for one client.
 *
 * @param position for the client's {@link EventId}: it has received everything that counts up to this
 * @param seq of the events of this subscription, from 1, without holes
 * @param body shared by all clients: the JSON object without its opening brace
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Delivery(EventName name, long position, long seq, byte[] body) {}
