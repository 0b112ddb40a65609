package io.marketbrain.facade.kraken;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Failure;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The two forms of Kraken's responses: a result, or errors as texts. Pure. */
final class KrakenReply {
    private KrakenReply() {}

    /** A result with the members that {@code members} writes. */
    static Response result(Consumer<JsonOutput> members) {
        var out = new JsonOutput();
        out.startObject();
        out.name("error");
        out.startArray();
        out.endArray();
        out.name("result");
        out.startObject();
        members.accept(out);
        out.endObject();
        out.endObject();
        return Response.json(out.finish());
    }

    /** Errors in Kraken's words, by https://docs.kraken.com/api/docs/guides/spot-errors. */
    static Response error(int status, String... texts) {
        var out = new JsonOutput();
        out.startObject();
        out.name("error");
        out.startArray();
        for (String text : texts) {
            out.text(text);
        }
        out.endArray();
        out.endObject();
        return Response.of(status, Response.JSON, out.finish());
    }

    /** What Kraken would say about a failure of ours; a fault of the caller comes with the status 200, as Kraken sends it. */
    static Response of(Failure failure) {
        boolean callers = failure instanceof Failure.UnknownInstrument
                || failure instanceof Failure.AmbiguousInstrument
                || failure instanceof Failure.InvalidQuery
                || failure instanceof Failure.Unsupported;
        return error(callers ? 200 : ProblemResponses.status(failure), words(failure));
    }

    /** A failure of ours in Kraken's words. */
    static String words(Failure failure) {
        return switch (failure) {
            case Failure.UnknownInstrument _, Failure.AmbiguousInstrument _ -> "EQuery:Unknown asset pair";
            case Failure.InvalidQuery invalid -> "EGeneral:Invalid arguments:" + invalid.field();
            case Failure.Unsupported _ -> "EGeneral:Invalid arguments";
            case Failure.Unauthenticated _, Failure.Forbidden _, Failure.UnknownHost _ -> "EGeneral:Permission denied";
            case Failure.RateLimited _, Failure.BudgetExhausted _, Failure.Throttled _ -> "EAPI:Rate limit exceeded";
            case Failure.Shed _ -> "EService:Busy";
            case Failure.DeadlinePassed _, Failure.TimedOut _ -> "EService:Timeout";
            case Failure.Bug _ -> "EGeneral:Internal error";
            default -> "EService:Unavailable";
        };
    }

    static void text(JsonOutput out, String name, @Nullable String value) {
        out.name(name);
        out.text(value);
    }

    static void decimal(JsonOutput out, @Nullable BigDecimal value) {
        out.text(value == null ? null : value.toPlainString());
    }

    /** A list of texts, in which what is not known is null. */
    static void texts(JsonOutput out, String name, @Nullable String... values) {
        out.name(name);
        out.startArray();
        for (String value : values) {
            out.text(value);
        }
        out.endArray();
    }

    static void numbers(JsonOutput out, String name, Iterable<Long> values) {
        out.name(name);
        out.startArray();
        values.forEach(out::number);
        out.endArray();
    }
}
