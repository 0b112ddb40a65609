package io.marketbrain.facade.coinbase;

import io.marketbrain.facade.FacadeConversation;
import io.marketbrain.facade.FacadeSubscriptions.Part;
import io.marketbrain.facade.coinbase.CoinbaseRequest.Wanted;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.stream.StreamClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One client of Coinbase's feed: what it subscribes to and is told. */
final class CoinbaseConversation extends FacadeConversation<CoinbaseMessages> {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final CoinbaseStreams streams;

    CoinbaseConversation(StreamClient client, CoinbaseStreams streams) {
        super(client, Optional.of(streams.facade().pulse(HEARTBEAT, false)));
        this.streams = streams;
    }

    @Override
    protected byte[] malformed(MalformedPayload why) {
        return error("Malformed JSON", "");
    }

    @Override
    protected List<byte[]> answer(JsonValue message) {
        try {
            var request = CoinbaseRequest.of(message);
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
                if (!subscriptions().contains(name)) {
                    parts.put(name, streams.part(one.channel(), product));
                }
            }
        }
        List<String> added = new ArrayList<>();
        for (var part : parts.entrySet()) {
            Optional<Failure> refusal = subscriptions().add(part.getKey(), List.of(part.getValue()));
            if (refusal.isPresent()) {
                added.forEach(subscriptions()::remove);
                throw CoinbaseRefusal.subscription(refusal.get().message());
            }
            added.add(part.getKey());
        }
    }

    private void unsubscribe(Wanted ended) {
        List<String> products = ended.products().isEmpty() ? products(ended.channel()) : ended.products();
        products.forEach(product -> subscriptions().remove(name(ended.channel(), product)));
    }

    private List<String> products(CoinbaseChannel channel) {
        return subscriptions().all().stream()
                .filter(one -> one.channel() == channel)
                .map(CoinbaseMessages::product)
                .toList();
    }

    private static String name(CoinbaseChannel channel, String product) {
        return channel.wire() + " " + product;
    }

    /** Everything that the client has subscribed to. */
    private byte[] subscribed() {
        return JsonOutput.object(out -> {
            CoinbaseReply.text(out, "type", "subscriptions");
            out.name("channels");
            out.startArray();
            subscriptions().all().stream()
                    .map(CoinbaseMessages::channel)
                    .distinct()
                    .forEach(channel -> subscribed(out, channel));
            out.endArray();
        });
    }

    private void subscribed(JsonOutput out, CoinbaseChannel channel) {
        out.startObject();
        CoinbaseReply.text(out, "name", channel.wire());
        out.name("product_ids");
        out.startArray();
        products(channel).forEach(out::text);
        out.endArray();
        CoinbaseReply.nothing(out, "account_ids");
        out.endObject();
    }

    private static byte[] error(String message, String reason) {
        return JsonOutput.object(out -> {
            CoinbaseReply.text(out, "type", "error");
            CoinbaseReply.text(out, "message", message);
            if (!reason.isEmpty()) {
                CoinbaseReply.text(out, "reason", reason);
            }
        });
    }

    @Override
    protected List<byte[]> beat() {
        Instant now = streams.facade().now();
        return subscriptions().all().stream()
                .flatMap(one -> one.beat(now).stream())
                .toList();
    }
}
