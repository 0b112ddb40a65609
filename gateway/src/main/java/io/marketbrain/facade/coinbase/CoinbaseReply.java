package io.marketbrain.facade.coinbase;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.facade.TradeIds;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Coinbase's responses: decimals as texts with their digits, times in ISO 8601, errors with a message. What is not known is null. Pure. */
final class CoinbaseReply {
    private CoinbaseReply() {}

    static Response object(Consumer<JsonOutput> members) {
        return Response.json(JsonOutput.object(members));
    }

    static Response array(Consumer<JsonOutput> items) {
        var out = new JsonOutput();
        out.startArray();
        items.accept(out);
        out.endArray();
        return Response.json(out.finish());
    }

    static Response error(int status, String message) {
        return Response.of(status, Response.JSON, JsonOutput.object(out -> text(out, "message", message)));
    }

    /** What Coinbase would say about a failure of ours; where it has no words for it, ours. */
    static Response of(Failure failure) {
        int status = ProblemResponses.status(failure);
        return switch (failure) {
            case Failure.UnknownInstrument _, Failure.AmbiguousInstrument _ -> error(404, "NotFound");
            case Failure.InvalidQuery invalid -> error(400, invalid.message());
            case Failure.Unsupported unsupported -> error(400, unsupported.message());
            default -> error(status, failure.message());
        };
    }

    static void text(JsonOutput out, String name, @Nullable String value) {
        out.name(name);
        out.text(value);
    }

    static void decimal(JsonOutput out, String name, @Nullable BigDecimal value) {
        text(out, name, value == null ? null : value.toPlainString());
    }

    static void time(JsonOutput out, String name, @Nullable Instant value) {
        text(out, name, value == null ? null : value.toString());
    }

    static void flag(JsonOutput out, String name, boolean value) {
        out.name(name);
        out.bool(value);
    }

    static void nothing(JsonOutput out, String name) {
        out.name(name);
        out.nothing();
    }

    /** A JSON number with the digits of a decimal. */
    static void number(JsonOutput out, @Nullable BigDecimal value) {
        if (value == null) {
            out.nothing();
        } else {
            out.number(value.toPlainString());
        }
    }

    /** The id of a trade. */
    static void id(JsonOutput out, String name, String id) {
        out.name(name);
        TradeIds.write(out, id);
    }
}
