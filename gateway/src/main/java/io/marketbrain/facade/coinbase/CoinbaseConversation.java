package io.marketbrain.facade.coinbase;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.facade.FacadeConversation;
import io.marketbrain.facade.FacadeSubscriptions;
import io.marketbrain.facade.FacadeSubscriptions.Part;
import io.marketbrain.facade.Pulse;
import io.marketbrain.facade.coinbase.CoinbaseRequest.Wanted;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.stream.Delivery;
import io.marketbrain.stream.StreamClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One client of Coinbase's feed: what it subscribes to, and our events as Coinbase's messages. Its methods are never called at the same
 * time.
 */
final class CoinbaseConversation implements FacadeConversation {
    private final CoinbaseStreams streams;
    private final FacadeSubscriptions<CoinbaseMessages> subscriptions;
    private final Map<String, CoinbaseMessages> byName = new LinkedHashMap<>();
    private final Pulse pulse;

    CoinbaseConversation(StreamClient client, CoinbaseStreams streams) {
        this.streams = streams;
        this.subscriptions = new FacadeSubscriptions<>(client);
        this.pulse = streams.pulse();
    }

    @Override
    public List<byte[]> opening() {
        return List.of();
    }

    @Override
    public List<byte[]> receive(String message) {
        JsonValue json;
        try {
            json = JsonValue.parse(message.getBytes(UTF_8));
        } catch (MalformedPayload e) {
            return List.of(error("Malformed JSON", ""));
        }
        try {
            var request = CoinbaseRequest.of(json);
            if (request.subscribes()) {
                subscribe(request.wanted());
            } else {
                request.wanted().forEach(this::unsubscribe);
            }
            return List.of(subscribed());
        } catch (CoinbaseRefusal e) {
            return List.of(error(e.words(), e.reason()));
        } catch (MalformedPayload e) {
            return List.of(error("Failed to subscribe", "malformed message: " + e.getMessage()));
        }
    }

    /** Subscribes to all or, if one is refused, to none. */
    private void subscribe(List<Wanted> wanted) throws CoinbaseRefusal {
        Map<String, Part<CoinbaseMessages>> parts = new LinkedHashMap<>();
        for (Wanted one : wanted) {
            for (String product : one.products()) {
                String name = name(one.channel(), product);
                if (!byName.containsKey(name)) {
                    parts.put(name, streams.part(one.channel(), product));
                }
            }
        }
        List<String> added = new ArrayList<>();
        for (var part : parts.entrySet()) {
            Optional<Failure> refusal = subscriptions.add(part.getKey(), List.of(part.getValue()));
            if (refusal.isPresent()) {
                added.forEach(this::end);
                throw CoinbaseRefusal.subscription(refusal.get().message());
            }
            byName.put(part.getKey(), part.getValue().listener());
            added.add(part.getKey());
        }
    }

    private void unsubscribe(Wanted ended) {
        List<String> products = ended.products().isEmpty() ? products(ended.channel()) : ended.products();
        products.forEach(product -> end(name(ended.channel(), product)));
    }

    private void end(String name) {
        subscriptions.remove(name);
        byName.remove(name);
    }

    private List<String> products(CoinbaseChannel channel) {
        return byName.values().stream()
                .filter(one -> one.channel() == channel)
                .map(CoinbaseMessages::product)
                .toList();
    }

    private static String name(CoinbaseChannel channel, String product) {
        return channel.wire() + " " + product;
    }

    /** Everything that the client has subscribed to. */
    private byte[] subscribed() {
        var out = new JsonOutput();
        out.startObject();
        CoinbaseReply.text(out, "type", "subscriptions");
        out.name("channels");
        out.startArray();
        byName.values().stream().map(CoinbaseMessages::channel).distinct().forEach(channel -> {
            out.startObject();
            CoinbaseReply.text(out, "name", channel.wire());
            out.name("product_ids");
            out.startArray();
            products(channel).forEach(out::text);
            out.endArray();
            CoinbaseReply.nothing(out, "account_ids");
            out.endObject();
        });
        out.endArray();
        out.endObject();
        return out.finish();
    }

    private static byte[] error(String message, String reason) {
        var out = new JsonOutput();
        out.startObject();
        CoinbaseReply.text(out, "type", "error");
        CoinbaseReply.text(out, "message", message);
        if (!reason.isEmpty()) {
            CoinbaseReply.text(out, "reason", reason);
        }
        out.endObject();
        return out.finish();
    }

    @Override
    public List<byte[]> events(List<Delivery> deliveries) {
        List<byte[]> messages = new ArrayList<>();
        subscriptions.deliver(deliveries, (listener, data, snapshot) -> messages.addAll(listener.of(data, snapshot)));
        if (pulse.isDue()) {
            pulse.restart();
            byName.values().forEach(one -> messages.addAll(one.beat(streams.now())));
        }
        return messages;
    }

    @Override
    public Optional<Duration> pulse() {
        return Optional.of(pulse.period());
    }

    @Override
    public Optional<String> findEnd() {
        return subscriptions.findEnd();
    }
}
