package io.marketbrain.facade.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.Failure;

/**
 * An error as Binance reports it. The codes and words are those of
 * https://developers.binance.com/docs/binance-spot-api-docs/errors. Immutable.
 *
 * @param status the HTTP status
 */
record BinanceError(int status, int code, String message) {
    /** The path is one of Binance's that reads or changes an account. */
    static final BinanceError MARKET_DATA_ONLY = new BinanceError(
            401,
            -1002,
            "You are not authorized to execute this request: this gateway serves market data only, no accounts and no"
                    + " orders.");

    static final BinanceError NOT_SUPPORTED = new BinanceError(404, -1020, "This operation is not supported.");
    static final BinanceError INVALID_SYMBOL = new BinanceError(400, -1121, "Invalid symbol.");
    static final BinanceError INVALID_INTERVAL = new BinanceError(400, -1120, "Invalid interval.");
    static final BinanceError DUPLICATE_PARAMETER =
            new BinanceError(400, -1101, "Duplicate values for a parameter detected.");
    static final BinanceError INVALID_COMBINATION =
            new BinanceError(400, -1128, "Combination of optional parameters invalid.");

    static BinanceError illegalCharacters(String parameter, String range) {
        return new BinanceError(
                400,
                -1100,
                "Illegal characters found in parameter '" + parameter + "'; legal range is '" + range + "'.");
    }

    static BinanceError missing(String parameter) {
        return new BinanceError(
                400, -1102, "Mandatory parameter '" + parameter + "' was not sent, was empty/null, or malformed.");
    }

    static BinanceError unread(int read, int sent) {
        return new BinanceError(
                400,
                -1104,
                "Not all sent parameters were read; read '" + read + "' parameter(s) but was sent '" + sent + "'.");
    }

    static BinanceError empty(String parameter) {
        return new BinanceError(400, -1105, "Parameter '" + parameter + "' was empty.");
    }

    static BinanceError invalid(String parameter) {
        return new BinanceError(400, -1130, "Data sent for parameter '" + parameter + "' is not valid.");
    }

    /** What Binance would say about a failure of ours; where it has no words for it, ours. */
    static BinanceError of(Failure failure) {
        int status = ProblemResponses.status(failure);
        return switch (failure) {
            case Failure.UnknownInstrument _, Failure.AmbiguousInstrument _ -> INVALID_SYMBOL;
            case Failure.InvalidQuery invalid -> new BinanceError(400, -1130, invalid.message());
            case Failure.Unsupported unsupported -> new BinanceError(400, -1020, unsupported.message());
            case Failure.Unauthenticated _, Failure.Forbidden _, Failure.UnknownHost _ ->
                new BinanceError(status, -1002, failure.message());
            case Failure.RateLimited _, Failure.BudgetExhausted _, Failure.Throttled _ ->
                new BinanceError(status, -1003, failure.message());
            case Failure.Shed _, Failure.CircuitOpen _ -> new BinanceError(status, -1008, failure.message());
            case Failure.DeadlinePassed _, Failure.TimedOut _ -> new BinanceError(status, -1007, failure.message());
            case Failure.NoProviderAnswered all ->
                new BinanceError(status, of(all.last()).code(), failure.message());
            case Failure.Bug _ -> new BinanceError(status, -1000, failure.message());
            default -> new BinanceError(status, -1001, failure.message());
        };
    }

    /** The response to a request that failed, with the time after which to try again where that is known. */
    static Response response(Failure failure) {
        return ProblemResponses.withWait(failure, of(failure).response());
    }

    Response response() {
        return Response.of(status, "application/json;charset=UTF-8", json());
    }

    /** The JSON object of the error. */
    byte[] json() {
        var out = new JsonOutput();
        out.startObject();
        write(out);
        out.endObject();
        return out.finish();
    }

    /** Writes the members of the error. */
    void write(JsonOutput out) {
        out.name("code");
        out.number(code);
        out.name("msg");
        out.text(message);
    }

    @Override
    public String toString() {
        return new String(json(), UTF_8);
    }
}
