package io.marketbrain.api.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.stream.Delivery;
import io.marketbrain.stream.EventId;
import io.marketbrain.stream.StreamClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one client and the gateway say to each other over a WebSocket: JSON objects with an {@code op} from the client, with a {@code
 * type} from the gateway. What is wrong with a message is a problem document and ends nothing. Messages are received on one
 * thread, events may be formatted on another.
 */
final class StreamConversation {
    private static final int MAX_ID_LENGTH = 64;
    private static final int MAX_HEAD = 160;
    private static final byte[] TYPE = "{\"type\":\"".getBytes(US_ASCII);
    private static final byte[] SEQ = "\",\"seq\":".getBytes(US_ASCII);

    private final StreamClient client;
    private final ChannelReader reader;
    private final PathPrefix prefix;
    private final byte[] resume;
    private final byte[] head = new byte[MAX_HEAD];

    StreamConversation(StreamClient client, ChannelReader reader, PathPrefix prefix) {
        this.client = client;
        this.reader = reader;
        this.prefix = prefix;
        this.resume = ("\",\"resume\":\"" + client.epoch() + ".").getBytes(US_ASCII);
    }

    /** The response to a message, as JSON in UTF-8. */
    byte[] receive(byte[] message) {
        JsonValue json;
        try {
            json = JsonValue.parse(message);
        } catch (MalformedPayload e) {
            return error(null, invalid("message", "", "a JSON object with the member op"));
        }
        Object id = id(json);
        try {
            return switch (json.at("op").text()) {
                case "subscribe" -> subscribe(id, json);
                case "unsubscribe" -> unsubscribe(id, json);
                case "list" -> message("ack", id, answer -> list(answer, client.channels()));
                case "ping" -> message("pong", id, _ -> {});
                case String other -> error(id, invalid("op", other, "one of subscribe, unsubscribe, list, ping"));
            };
        } catch (MalformedPayload e) {
            return error(id, invalid("message", "", e.getMessage()));
        }
    }

    private byte[] subscribe(@Nullable Object id, JsonValue json) throws MalformedPayload {
        Optional<JsonValue> resume = json.find("resume");
        Optional<EventId> from = resume.isPresent()
                ? Optional.of(EventId.find(resume.get().text()).orElse(new EventId("", 0)))
                : Optional.empty();
        return switch (channels(json)) {
            case Outcome.Failed<List<Channel>>(Failure failure) -> error(id, failure);
            case Outcome.Success<List<Channel>>(List<Channel> channels) -> {
                Optional<Failure> refusal = client.subscribe(channels, from);
                yield refusal.isPresent()
                        ? error(id, refusal.get())
                        : message("ack", id, answer -> list(answer, channels));
            }
        };
    }

    private byte[] unsubscribe(@Nullable Object id, JsonValue json) throws MalformedPayload {
        return switch (channels(json)) {
            case Outcome.Failed<List<Channel>>(Failure failure) -> error(id, failure);
            case Outcome.Success<List<Channel>>(List<Channel> channels) -> {
                List<Channel> removed = client.unsubscribe(channels);
                yield message("ack", id, answer -> list(answer, removed));
            }
        };
    }

    private Outcome<List<Channel>> channels(JsonValue json) throws MalformedPayload {
        return reader.read(texts(json, "symbols"), texts(json, "kinds"));
    }

    private static List<String> texts(JsonValue json, String name) throws MalformedPayload {
        List<String> texts = new ArrayList<>();
        Optional<JsonValue> list = json.find(name);
        if (list.isPresent()) {
            for (JsonValue item : list.get().items()) {
                texts.add(item.text());
            }
        }
        return texts;
    }

    /** The id of a message, a number or a text, which is sent back; null if it has none that is either. */
    private static @Nullable Object id(JsonValue json) {
        try {
            Optional<JsonValue> id = json.find("id");
            if (id.isEmpty() || !id.get().isText()) {
                return id.isEmpty() ? null : id.get().integer();
            }
            return id.get().text().length() > MAX_ID_LENGTH ? null : id.get().text();
        } catch (MalformedPayload e) {
            return null;
        }
    }

    private static Failure invalid(String field, String value, @Nullable String allowed) {
        return new Failure.InvalidQuery(field, EchoedText.of(value), String.valueOf(allowed));
    }

    private byte[] error(@Nullable Object id, Failure failure) {
        return message(
                "error",
                id,
                answer -> answer.child(
                        "problem", problem -> ProblemResponses.writeWithoutCall(problem, failure, prefix.text())));
    }

    private static byte[] message(String type, @Nullable Object id, Consumer<JsonDocument> members) {
        return JsonDocument.object(json -> {
            json.put("type", type);
            if (id instanceof Long number) {
                json.put("id", number);
            } else if (id instanceof String text) {
                json.put("id", text);
            }
            members.accept(json);
        });
    }

    private static void list(JsonDocument json, List<Channel> channels) {
        json.objects(
                "subscriptions",
                channels,
                (item, channel) -> item.put("provider", channel.provider().value())
                        .put("instrument", channel.instrument().unified())
                        .put("kind", channel.kind().wire()));
    }

    /** An event as a message; {@code resume} continues after it. Called by one thread at a time. */
    byte[] event(Delivery delivery) {
        int at = copy(TYPE, 0);
        at = delivery.name().copyTo(head, at);
        at = copy(resume, at);
        at = DecimalDigits.put(delivery.position(), head, at);
        at = copy(SEQ, at);
        at = DecimalDigits.put(delivery.seq(), head, at);
        head[at++] = ',';
        byte[] message = Arrays.copyOf(head, at + delivery.body().length);
        System.arraycopy(delivery.body(), 0, message, at, delivery.body().length);
        return message;
    }

    private int copy(byte[] text, int at) {
        System.arraycopy(text, 0, head, at, text.length);
        return at + text.length;
    }
}
