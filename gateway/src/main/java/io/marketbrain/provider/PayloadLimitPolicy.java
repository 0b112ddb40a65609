package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Operation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How much of a provider's payloads is read, by what was asked for. Pure.
 *
 * @param usual the limits of an operation that has none of its own
 * @param own the limits of an operation, where its answers are larger or smaller than usual
 * @param symbols the limits of the list of instruments
 */
public record PayloadLimitPolicy(PayloadLimits usual, Map<Operation, PayloadLimits> own, PayloadLimits symbols) {
    private static final String SYMBOLS = "symbols";
    private static final int MOST_SYMBOLS = 20_000;
    private static final int LONGEST_SYMBOL_TEXT = 1024;

    public PayloadLimitPolicy {
        own = Map.copyOf(own);
    }

    /** The default limits, whatever is asked for. */
    static PayloadLimitPolicy defaults() {
        return new PayloadLimitPolicy(PayloadLimits.defaults(), Map.of(), symbols(PayloadLimits.defaults()));
    }

    private static PayloadLimits symbols(PayloadLimits usual) {
        return new PayloadLimits(
                usual.wireBytes(),
                usual.bodyBytes(),
                usual.tokens(),
                usual.depth(),
                usual.nameLength(),
                LONGEST_SYMBOL_TEXT,
                usual.numberLength(),
                usual.exponent(),
                MOST_SYMBOLS,
                usual.slack());
    }

    /**
     * The member {@code payload} of a descriptor's limits, such as {@code {"tokens": 200000, "book": {"slack": 50000},
     * "symbols": {"body_bytes": 4194304}}}. What it does not name is the default; an operation's default is the
     * provider's.
     *
     * @param page how many records a provider may send of an operation whatever is asked for
     */
    static PayloadLimitPolicy read(Optional<JsonValue> payload, ToIntFunction<Operation> page) throws MalformedPayload {
        PayloadLimits usual = read(payload, PayloadLimits.defaults());
        var own = new EnumMap<Operation, PayloadLimits>(Operation.class);
        for (Operation operation : Operation.values()) {
            PayloadLimits paged = withSlack(usual, Math.max(usual.slack(), page.applyAsInt(operation)));
            own.put(operation, read(payload.flatMap(p -> p.find(operation.wire())), paged));
        }
        return new PayloadLimitPolicy(usual, own, read(payload.flatMap(p -> p.find(SYMBOLS)), symbols(usual)));
    }

    private static PayloadLimits read(Optional<JsonValue> json, PayloadLimits d) throws MalformedPayload {
        return new PayloadLimits(
                number(json, "wire_bytes", d.wireBytes()),
                number(json, "body_bytes", d.bodyBytes()),
                number(json, "tokens", d.tokens()),
                number(json, "depth", d.depth()),
                number(json, "name_length", d.nameLength()),
                number(json, "text_length", d.textLength()),
                number(json, "number_length", d.numberLength()),
                number(json, "exponent", d.exponent()),
                number(json, "elements", d.elements()),
                number(json, "slack", d.slack()));
    }

    private static int number(Optional<JsonValue> json, String name, int otherwise) throws MalformedPayload {
        Optional<JsonValue> value = json.flatMap(limits -> limits.find(name));
        return value.isPresent() ? Math.toIntExact(value.get().integer()) : otherwise;
    }

    private static PayloadLimits withSlack(PayloadLimits d, int slack) {
        return new PayloadLimits(
                d.wireBytes(),
                d.bodyBytes(),
                d.tokens(),
                d.depth(),
                d.nameLength(),
                d.textLength(),
                d.numberLength(),
                d.exponent(),
                d.elements(),
                slack);
    }

    /** How much of the answer to {@code query} is read. */
    PayloadLimits of(MarketQuery query) {
        return own.getOrDefault(query.operation(), usual).forRecords(records(query));
    }

    private static int records(MarketQuery query) {
        return switch (query) {
            case QuoteQuery _ -> 1;
            case CandlesQuery q -> q.limit();
            case BookQuery q -> q.depth();
            case TradesQuery q -> q.limit();
            case SeriesQuery q -> q.limit();
            case NewsQuery q -> q.limit();
        };
    }
}
