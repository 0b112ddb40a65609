package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;

/** Parses a successful response into data, with numbers exactly as sent. Pure. */
@FunctionalInterface
public interface ResponseParser<Q extends MarketQuery> {
    MarketData parse(Q query, RawPayload raw) throws MalformedPayload;

    /** Parses a body that is one JSON document. */
    static <Q extends MarketQuery> ResponseParser<Q> ofJson(OfJson<Q> parser) {
        return (query, raw) -> parser.parse(query, raw.json());
    }

    /** What a JSON document means. */
    @FunctionalInterface
    interface OfJson<Q extends MarketQuery> {
        MarketData parse(Q query, JsonValue json) throws MalformedPayload;
    }
}
