package io.marketbrain.facade;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.stream.Delivery;
import io.marketbrain.stream.StreamClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one WebSocket client and an emulated API say to each other, in UTF-8: what is the same for all of these APIs. Its methods are never
 * called at the same time.
 *
 * @param <M> makes messages of the events of a channel
 */
public abstract class FacadeConversation<M extends ChannelMessages> {
    private final FacadeSubscriptions<M> subscriptions;
    private final Optional<Pulse> pulse;

    /** @param pulse when it has something to say although nothing happens; empty if never */
    protected FacadeConversation(StreamClient client, Optional<Pulse> pulse) {
        this.subscriptions = new FacadeSubscriptions<>(client);
        this.pulse = pulse;
    }

    protected final FacadeSubscriptions<M> subscriptions() {
        return subscriptions;
    }

    /** What is said first. */
    protected List<byte[]> opening() {
        return List.of();
    }

    /** The responses to a message. */
    protected abstract List<byte[]> answer(JsonValue message);

    /** The response to what is no JSON. */
    protected abstract byte[] malformed(MalformedPayload why);

    /** What is said at a beat of the pulse. */
    protected List<byte[]> beat() {
        return List.of();
    }

    /** A message of an event as it is sent. */
    protected byte[] wrapped(M channel, byte[] message) {
        return message;
    }

    final List<byte[]> receive(String message) {
        JsonValue json;
        try {
            json = JsonValue.parse(message.getBytes(UTF_8));
        } catch (MalformedPayload e) {
            return List.of(malformed(e));
        }
        return answer(json);
    }

    /** The messages of events, in order. */
    final List<byte[]> events(List<Delivery> deliveries) {
        List<byte[]> messages = subscriptions.messages(deliveries, this::wrapped);
        if (pulse.isPresent() && pulse.get().beats(!messages.isEmpty())) {
            messages.addAll(beat());
        }
        return messages;
    }

    /** How often it may have something to say although nothing happens; empty if as often as the streams themselves. */
    final Optional<Duration> period() {
        return pulse.map(Pulse::period);
    }

    /** Why the connection must end, so that nothing is lost unnoticed; empty while it may go on. */
    final Optional<String> findEnd() {
        return subscriptions.findEnd();
    }
}
