package io.marketbrain.facade;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.stream.Delivery;
import io.marketbrain.stream.EventName;
import io.marketbrain.stream.StreamClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What one client of an emulated API has subscribed to, under the names of that API, and the channels of ours that it is made of.
 * Not thread-safe.
 *
 * @param <M> makes messages of the events of a channel
 */
public final class FacadeSubscriptions<M extends ChannelMessages> {
    private final StreamClient client;
    private final Map<String, List<Part<M>>> byName = new LinkedHashMap<>();
    private final Map<String, List<Part<M>>> byChannel = new LinkedHashMap<>();
    private Optional<String> end = Optional.empty();

    FacadeSubscriptions(StreamClient client) {
        this.client = client;
    }

    /** One channel that a subscription is made of. */
    public record Part<M extends ChannelMessages>(Channel channel, M messages) {}

    public boolean contains(String name) {
        return byName.containsKey(name);
    }

    /** The names, in the order in which they were added. */
    public Set<String> names() {
        return new LinkedHashSet<>(byName.keySet());
    }

    /** What makes the messages of all subscriptions, in the order in which they were added. */
    public List<M> all() {
        return byName.values().stream()
                .flatMap(List::stream)
                .map(Part::messages)
                .toList();
    }

    /** Adds a subscription that is not there yet; returns why it was not added. */
    public Optional<Failure> add(String name, List<Part<M>> parts) {
        byName.put(name, parts);
        parts.forEach(part -> byChannel
                .computeIfAbsent(key(part.channel()), _ -> new ArrayList<>())
                .add(part));
        List<Channel> channels = parts.stream().map(Part::channel).toList();
        Optional<Failure> refusal = client.subscribe(channels, Optional.empty());
        refusal.ifPresent(_ -> remove(name));
        return refusal;
    }

    /** Ends a subscription; returns whether there was one. */
    public boolean remove(String name) {
        List<Part<M>> parts = byName.remove(name);
        if (parts == null) {
            return false;
        }
        for (Part<M> gone : parts) {
            List<Part<M>> same = byChannel.getOrDefault(key(gone.channel()), List.of());
            same.remove(gone);
            if (same.isEmpty()) {
                byChannel.remove(key(gone.channel()));
                client.unsubscribe(List.of(gone.channel()));
            }
        }
        return true;
    }

    /**
     * The messages of events, in order, each of those who listen to its channel.
     *
     * @param wrapped a message as it is sent
     */
    List<byte[]> messages(List<Delivery> deliveries, BiFunction<M, byte[], byte[]> wrapped) {
        List<byte[]> messages = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            try {
                switch (delivery.name()) {
                    case SNAPSHOT, QUOTE, TRADE, BOOK, CANDLE -> {
                        JsonValue data = json(delivery);
                        for (Part<M> one : byChannel.getOrDefault(key(data), List.of())) {
                            for (byte[] message : one.messages().of(data, delivery.name() == EventName.SNAPSHOT)) {
                                messages.add(wrapped.apply(one.messages(), message));
                            }
                        }
                    }
                    case GAP -> gap(json(delivery));
                    case NEWS, RESYNC, STATUS, ERROR -> {} // clients of exchanges know nothing of the kind
                }
            } catch (MalformedPayload e) {
                throw new IllegalStateException("our own events are well-formed", e);
            }
        }
        return messages;
    }

    /** A client that may have missed trades is disconnected, as by an exchange, because no message could say so. */
    private void gap(JsonValue data) throws MalformedPayload {
        if (data.at("kind").text().equals("trade") && byChannel.containsKey(key(data))) {
            end = Optional.of("trades may be missing: " + data.at("reason").text());
        }
    }

    /** Why the connection must end, so that nothing is lost unnoticed; empty while it may go on. */
    Optional<String> findEnd() {
        return end;
    }

    private static String key(Channel channel) {
        return channel.kind().wire() + " " + channel.instrument().unified();
    }

    private static String key(JsonValue data) throws MalformedPayload {
        return data.at("kind").text() + " " + data.at("instrument").text();
    }

    /** An event has no opening brace, because each protocol puts members of its own first. */
    private static JsonValue json(Delivery delivery) throws MalformedPayload {
        byte[] whole = new byte[delivery.body().length + 1];
        whole[0] = '{';
        System.arraycopy(delivery.body(), 0, whole, 1, delivery.body().length);
        return JsonValue.parse(whole);
    }
}
