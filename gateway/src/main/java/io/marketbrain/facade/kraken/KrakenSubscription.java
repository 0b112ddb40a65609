package io.marketbrain.facade.kraken;

import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Interval;
import io.marketbrain.model.stream.StreamKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client subscribes to: a channel of Kraken's for some pairs. Immutable.
 *
 * @param symbols the pairs as the client writes them
 * @param kind whose events its messages are made of
 * @param snapshot whether the state at the beginning is sent
 */
record KrakenSubscription(Type type, List<String> symbols, StreamKind kind, boolean snapshot, String trigger) {
    private static final Set<Long> DEPTHS = Set.of(10L, 25L, 100L, 500L, 1000L);
    private static final Set<String> PRIVATE = Set.of("executions", "balances", "level3");

    /** The channels. */
    enum Type {
        TICKER("ticker"),
        BOOK("book"),
        TRADE("trade"),
        OHLC("ohlc");

        private final String wire;

        Type(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }

        private static Optional<Type> find(String wire) {
            for (Type type : values()) {
                if (type.wire.equals(wire)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }

    /** Reads the parameters of a message; what is wrong with them is said in Kraken's words. */
    static KrakenSubscription of(JsonValue parameters) throws KrakenRefusal, MalformedPayload {
        String channel = parameters.at("channel").text();
        if (PRIVATE.contains(channel)) {
            throw new KrakenRefusal(KrakenRefusal.MARKET_DATA_ONLY);
        }
        Type type = Type.find(channel).orElseThrow(() -> new KrakenRefusal("Subscription name invalid"));
        List<String> symbols = new ArrayList<>();
        for (JsonValue symbol : parameters.at("symbol").items()) {
            symbols.add(symbol.text());
        }
        Optional<JsonValue> snapshot = parameters.find("snapshot");
        Optional<JsonValue> trigger = parameters.find("event_trigger");
        return new KrakenSubscription(
                type,
                symbols,
                kind(type, parameters),
                snapshot.isPresent() ? snapshot.get().bool() : type != Type.TRADE,
                trigger.isPresent() ? trigger.get().text() : "trades");
    }

    private static StreamKind kind(Type type, JsonValue parameters) throws KrakenRefusal, MalformedPayload {
        return switch (type) {
            case TICKER -> new StreamKind.Quotes();
            case TRADE -> new StreamKind.Trades();
            case BOOK -> {
                long depth = number(parameters, "depth", 10);
                if (!DEPTHS.contains(depth)) {
                    throw new KrakenRefusal("Subscription depth not supported");
                }
                yield new StreamKind.Book((int) depth);
            }
            case OHLC -> {
                Interval interval = KrakenNames.findInterval(Long.toString(number(parameters, "interval", 1)))
                        .orElseThrow(() -> new KrakenRefusal("Subscription ohlc interval not supported"));
                yield new StreamKind.Bars(interval);
            }
        };
    }

    private static long number(JsonValue parameters, String name, long otherwise) throws MalformedPayload {
        Optional<JsonValue> value = parameters.find(name);
        return value.isPresent() ? value.get().integer() : otherwise;
    }

    /** What is subscribed to once only on a connection; a pair has one book, whatever its depth. */
    String key(String pair) {
        String minutes = kind instanceof StreamKind.Bars bars ? "-" + minutes(bars) : "";
        return type.wire() + minutes + " " + pair;
    }

    static long minutes(StreamKind.Bars bars) {
        return bars.interval().length().toMinutes();
    }

    /** Writes what was subscribed to. */
    void write(JsonOutput out, String pair) {
        KrakenReply.text(out, "channel", type.wire());
        switch (kind) {
            case StreamKind.Book(int depth) -> {
                out.name("depth");
                out.number(depth);
            }
            case StreamKind.Bars bars -> {
                out.name("interval");
                out.number(minutes(bars));
            }
            case StreamKind.Quotes _ -> KrakenReply.text(out, "event_trigger", trigger);
            case StreamKind.Trades _, StreamKind.News _ -> {}
        }
        out.name("snapshot");
        out.bool(snapshot);
        KrakenReply.text(out, "symbol", pair);
    }
}
