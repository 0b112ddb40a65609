package io.marketbrain.facade.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.facade.FacadeConversation;
import io.marketbrain.facade.FacadeSubscriptions.Part;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.stream.StreamClient;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client of Binance's streams: what it subscribes to and is told. */
final class BinanceConversation extends FacadeConversation<StreamMessages> {
    private static final String METHODS =
            "one of SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS, SET_PROPERTY, GET_PROPERTY";

    private final BinanceStreams streams;
    private final List<String> wanted;
    private boolean combined;

    /** An error in a message of the client. */
    private record Fault(int code, String message) {}

    /**
     * @param wanted the streams that the address names; one that does not exist is ignored, as clients rely on
     * @param combined whether messages have the names of their streams
     */
    BinanceConversation(StreamClient client, BinanceStreams streams, List<String> wanted, boolean combined) {
        super(client, Optional.empty());
        this.streams = streams;
        this.wanted = wanted;
        this.combined = combined;
    }

    @Override
    protected List<byte[]> opening() {
        wanted.forEach(this::subscribe);
        return List.of();
    }

    @Override
    protected byte[] malformed(MalformedPayload why) {
        return error(null, new Fault(3, "Invalid JSON: " + why.getMessage()));
    }

    @Override
    protected List<byte[]> answer(JsonValue message) {
        JsonValue id = message.isObject() ? message.find("id").orElse(null) : null;
        try {
            return List.of(response(message, id));
        } catch (MalformedPayload e) {
            return List.of(error(id, new Fault(2, "Invalid request: " + e.getMessage())));
        }
    }

    private byte[] response(JsonValue json, @Nullable JsonValue id) throws MalformedPayload {
        Optional<JsonValue> method = json.find("method");
        if (method.isEmpty()) {
            return error(id, new Fault(2, "Invalid request: missing field `method`"));
        }
        return switch (method.get().text()) {
            case "SUBSCRIBE" -> {
                Optional<Fault> fault = Optional.empty();
                for (String name : names(json)) {
                    fault = fault.or(() -> subscribe(name));
                }
                yield fault.map(wrong -> error(id, wrong)).orElseGet(() -> result(id, JsonOutput::nothing));
            }
            case "UNSUBSCRIBE" -> {
                names(json).forEach(subscriptions()::remove);
                yield result(id, JsonOutput::nothing);
            }
            case "LIST_SUBSCRIPTIONS" ->
                result(id, out -> {
                    out.startArray();
                    subscriptions().names().forEach(out::text);
                    out.endArray();
                });
            case "SET_PROPERTY" -> setProperty(json, id);
            case "GET_PROPERTY" -> {
                boolean now = combined;
                yield result(id, out -> out.bool(now));
            }
            case String other ->
                error(id, new Fault(2, "Invalid request: unknown variant `" + other + "`, expected " + METHODS));
        };
    }

    private byte[] setProperty(JsonValue json, @Nullable JsonValue id) throws MalformedPayload {
        JsonValue parameters = json.at("params");
        if (!parameters.at(0).text().equals("combined")) {
            return error(id, new Fault(0, "Unknown property"));
        }
        combined = parameters.at(1).bool();
        return result(id, JsonOutput::nothing);
    }

    private static List<String> names(JsonValue json) throws MalformedPayload {
        List<String> names = new ArrayList<>();
        for (JsonValue name : json.at("params").items()) {
            names.add(name.text());
        }
        return names;
    }

    /** Subscribes to a stream; returns what is wrong with its name. */
    private Optional<Fault> subscribe(String name) {
        if (subscriptions().contains(name)) {
            return Optional.empty();
        }
        if (!BinanceStreamName.isServed(name)) {
            return Optional.of(new Fault(2, "Invalid request: the stream `" + name + "` is not served"));
        }
        return switch (streams.parts(name)) {
            case Outcome.Failed<List<Part<StreamMessages>>>(Failure failure) -> Optional.of(fault(failure));
            case Outcome.Success<List<Part<StreamMessages>>>(List<Part<StreamMessages>> parts) ->
                subscriptions().add(name, parts).map(BinanceConversation::fault);
        };
    }

    private static Fault fault(Failure failure) {
        BinanceError error = BinanceError.of(failure);
        return new Fault(error.code(), error.message());
    }

    @Override
    protected byte[] wrapped(StreamMessages channel, byte[] message) {
        BinanceStreamName stream = channel.stream();
        byte[] whole = stream.isList() ? list(message) : message;
        return combined ? combined(stream.name(), whole) : whole;
    }

    /** A message as the only item of a list. */
    private static byte[] list(byte[] message) {
        byte[] list = new byte[message.length + 2];
        list[0] = '[';
        System.arraycopy(message, 0, list, 1, message.length);
        list[list.length - 1] = ']';
        return list;
    }

    private static byte[] combined(String stream, byte[] message) {
        var name = new JsonOutput();
        name.startObject();
        BinanceJson.text(name, "stream", stream);
        name.endObject();
        byte[] head = name.finish();
        var out = new ByteArrayOutputStream(head.length + message.length + 8);
        out.write(head, 0, head.length - 1);
        out.writeBytes(",\"data\":".getBytes(UTF_8));
        out.writeBytes(message);
        out.write('}');
        return out.toByteArray();
    }

    private static byte[] result(@Nullable JsonValue id, Consumer<JsonOutput> result) {
        var out = new JsonOutput();
        out.startObject();
        out.name("result");
        result.accept(out);
        id(out, id);
        out.endObject();
        return out.finish();
    }

    private static byte[] error(@Nullable JsonValue id, Fault fault) {
        var out = new JsonOutput();
        out.startObject();
        out.name("error");
        out.startObject();
        out.name("code");
        out.number(fault.code());
        BinanceJson.text(out, "msg", fault.message());
        out.endObject();
        id(out, id);
        out.endObject();
        return out.finish();
    }

    /** Sends back the id of a message, a number or a text. */
    private static void id(JsonOutput out, @Nullable JsonValue id) {
        out.name("id");
        try {
            if (id == null || id.isNull()) {
                out.nothing();
            } else if (id.isText()) {
                out.text(id.text());
            } else {
                out.number(id.integer());
            }
        } catch (MalformedPayload e) {
            out.nothing();
        }
    }
}
