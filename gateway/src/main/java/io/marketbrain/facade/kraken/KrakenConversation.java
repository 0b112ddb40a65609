package io.marketbrain.facade.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.facade.FacadeConversation;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.stream.StreamClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One client of Kraken's streams, version 2: what it subscribes to and is told. */
final class KrakenConversation extends FacadeConversation<KrakenMessages> {
    /** After how much silence a client gets a heartbeat. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final String INSTRUMENT = "instrument";
    private static final byte[] HEARTBEAT = "{\"channel\":\"heartbeat\"}".getBytes(UTF_8);

    /** The methods that place, change or end orders. */
    private static final Set<String> ORDERS = Set.of(
            "add_order",
            "amend_order",
            "edit_order",
            "cancel_order",
            "cancel_all",
            "cancel_all_orders_after",
            "batch_add",
            "batch_cancel");

    private final KrakenStreams streams;
    private boolean instruments;

    KrakenConversation(StreamClient client, KrakenStreams streams) {
        super(client, Optional.of(streams.facade().pulse(SILENCE, true)));
        this.streams = streams;
    }

    @Override
    protected List<byte[]> opening() {
        return List.of(JsonOutput.object(out -> {
            KrakenReply.text(out, "channel", "status");
            KrakenReply.text(out, "type", "update");
            out.name("data");
            out.startArray();
            out.startObject();
            KrakenReply.text(out, "version", "2.0.10");
            KrakenReply.text(out, "system", "online");
            KrakenReply.text(out, "api_version", "v2");
            out.name("connection_id");
            out.number(1);
            out.endObject();
            out.endArray();
        }));
    }

    @Override
    protected byte[] malformed(MalformedPayload why) {
        return new Answer("", Optional.empty(), streams.facade().now()).error("Malformed request", "");
    }

    @Override
    protected List<byte[]> answer(JsonValue message) {
        Instant in = streams.facade().now();
        String method;
        try {
            method = message.at("method").text();
        } catch (MalformedPayload e) {
            return List.of(malformed(e));
        }
        var answer = new Answer(method, message.find("req_id"), in);
        try {
            return switch (method) {
                case "ping" -> List.of(answer.pong());
                case "subscribe" -> subscribe(message.at("params"), answer);
                case "unsubscribe" -> unsubscribe(message.at("params"), answer);
                case String other
                when ORDERS.contains(other) -> List.of(answer.error(KrakenRefusal.MARKET_DATA_ONLY, ""));
                default -> List.of(answer.error("Unsupported method: " + method, ""));
            };
        } catch (KrakenRefusal e) {
            return List.of(answer.error(e.words(), ""));
        } catch (MalformedPayload e) {
            return List.of(answer.error("Malformed request: " + e.getMessage(), ""));
        }
    }

    private List<byte[]> subscribe(JsonValue parameters, Answer answer) throws KrakenRefusal, MalformedPayload {
        if (parameters.at("channel").text().equals(INSTRUMENT)) {
            return instruments(parameters, answer);
        }
        var wanted = KrakenSubscription.of(parameters);
        List<byte[]> answers = new ArrayList<>();
        for (String pair : wanted.symbols()) {
            try {
                subscribe(wanted, pair);
                answers.add(answer.done(out -> wanted.write(out, pair)));
            } catch (KrakenRefusal e) {
                answers.add(answer.error(e.words(), pair));
            }
        }
        return answers;
    }

    private void subscribe(KrakenSubscription wanted, String pair) throws KrakenRefusal {
        if (subscriptions().contains(wanted.key(pair))) {
            throw new KrakenRefusal("Already subscribed");
        }
        Optional<Failure> refusal = subscriptions().add(wanted.key(pair), streams.parts(wanted, pair));
        if (refusal.isPresent()) {
            throw new KrakenRefusal(KrakenReply.words(refusal.get()));
        }
    }

    private List<byte[]> instruments(JsonValue parameters, Answer answer) throws KrakenRefusal, MalformedPayload {
        Optional<JsonValue> wanted = parameters.find("snapshot");
        boolean snapshot = wanted.isEmpty() || wanted.get().bool();
        byte[] done = answer.done(out -> {
            KrakenReply.text(out, "channel", INSTRUMENT);
            out.name("snapshot");
            out.bool(snapshot);
        });
        instruments = true;
        return snapshot ? List.of(done, streams.instruments().snapshot()) : List.of(done);
    }

    private List<byte[]> unsubscribe(JsonValue parameters, Answer answer) throws KrakenRefusal, MalformedPayload {
        if (parameters.at("channel").text().equals(INSTRUMENT)) {
            instruments = false;
            return List.of(answer.done(out -> KrakenReply.text(out, "channel", INSTRUMENT)));
        }
        var ended = KrakenSubscription.of(parameters);
        List<byte[]> answers = new ArrayList<>();
        for (String pair : ended.symbols()) {
            answers.add(
                    subscriptions().remove(ended.key(pair))
                            ? answer.done(out -> ended.write(out, pair))
                            : answer.error("Subscription Not Found", pair));
        }
        return answers;
    }

    @Override
    protected List<byte[]> beat() {
        boolean listening = instruments || !subscriptions().names().isEmpty();
        return listening ? List.of(HEARTBEAT) : List.of();
    }

    /** The responses to one message. */
    private final class Answer {
        private final String method;
        private final Optional<JsonValue> id;
        private final Instant in;

        Answer(String method, Optional<JsonValue> id, Instant in) {
            this.method = method;
            this.id = id;
            this.in = in;
        }

        byte[] pong() {
            return JsonOutput.object(out -> {
                KrakenReply.text(out, "method", "pong");
                end(out);
            });
        }

        byte[] done(Consumer<JsonOutput> result) {
            return JsonOutput.object(out -> {
                KrakenReply.text(out, "method", method);
                out.name("result");
                out.startObject();
                result.accept(out);
                out.endObject();
                out.name("success");
                out.bool(true);
                end(out);
            });
        }

        /** @param pair what was asked for; empty if the message names none */
        byte[] error(String words, String pair) {
            return JsonOutput.object(out -> {
                KrakenReply.text(out, "error", words);
                if (!method.isEmpty()) {
                    KrakenReply.text(out, "method", method);
                }
                out.name("success");
                out.bool(false);
                if (!pair.isEmpty()) {
                    KrakenReply.text(out, "symbol", pair);
                }
                end(out);
            });
        }

        private void end(JsonOutput out) {
            id.ifPresent(value -> {
                try {
                    long number = value.integer();
                    out.name("req_id");
                    out.number(number);
                } catch (MalformedPayload e) {
                    // Kraken's ids are integers; another one cannot be sent back
                }
            });
            KrakenReply.text(out, "time_in", KrakenMessages.time(in));
            KrakenReply.text(
                    out, "time_out", KrakenMessages.time(streams.facade().now()));
        }
    }
}
