package io.marketbrain.provider;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How one provider does one operation: pure functions from query to request and from response to data.
 *
 * @param type the queries that it takes
 * @param weight what a query's request counts against the provider's quota; null if the descriptor's weight applies to
 *     every query
 */
record OperationAdapter<Q extends MarketQuery>(
        Class<Q> type,
        Function<Q, ProviderRequest> request,
        ResponseParser<Q> parser,
        @Nullable ToIntFunction<Q> weight) {

    ProviderRequest request(MarketQuery query) {
        return request.apply(type.cast(query));
    }

    MarketData parse(MarketQuery query, RawPayload raw) throws MalformedPayload {
        return parser.parse(type.cast(query), raw);
    }

    OptionalInt findWeight(MarketQuery query) {
        return weight == null ? OptionalInt.empty() : OptionalInt.of(weight.applyAsInt(type.cast(query)));
    }
}
