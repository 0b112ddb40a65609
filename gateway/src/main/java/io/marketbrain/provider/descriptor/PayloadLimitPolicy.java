package io.marketbrain.provider.descriptor;

import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.Operation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides how much of a provider's payload is read, depending on the query. Pure.
 *
 * @param usual the limits of operations without separate limits
 * @param own the limits of an operation whose responses are larger or smaller than usual
 */
public record PayloadLimitPolicy(PayloadLimits usual, Map<Operation, PayloadLimits> own) {
    private static final int MAX_SYMBOLS = 20_000;
    private static final int MAX_SYMBOL_TEXT = 1024;

    public PayloadLimitPolicy {
        own = Map.copyOf(own);
    }

    /** The default limits, whatever is requested. */
    static PayloadLimitPolicy defaults() {
        PayloadLimits usual = PayloadLimits.defaults();
        return new PayloadLimitPolicy(usual, Map.of(Operation.SYMBOLS, ofSymbols(usual)));
    }

    private static PayloadLimits ofSymbols(PayloadLimits usual) {
        return new PayloadLimits(
                usual.wireBytes(),
                usual.bodyBytes(),
                usual.tokens(),
                usual.depth(),
                usual.nameLength(),
                MAX_SYMBOL_TEXT,
                usual.numberLength(),
                usual.exponent(),
                MAX_SYMBOLS,
                usual.slack());
    }

    /**
     * The member {@code payload} of a descriptor's limits, such as {@code {"tokens": 200000, "book": {"slack": 50000},
     * "symbols": {"body_bytes": 4194304}}}. What it does not name is the default; an operation's default is the
     * provider's.
     *
     * @param most what the provider sends at the most; a whole page or book may come whatever was requested
     * @param seriesPage how many rows a response with a series has at most; 0 if the descriptor does not say it
     */
    static PayloadLimitPolicy read(Optional<DescriptorObject> payload, ProviderLimits most, int seriesPage) {
        PayloadLimits usual =
                payload.map(json -> read(json, PayloadLimits.defaults())).orElse(PayloadLimits.defaults());
        var own = new EnumMap<Operation, PayloadLimits>(Operation.class);
        for (Operation operation : Operation.values()) {
            PayloadLimits paged = operation == Operation.SYMBOLS
                    ? ofSymbols(usual)
                    : withSlack(usual, Math.max(usual.slack(), page(operation, most, seriesPage)));
            own.put(
                    operation,
                    payload.flatMap(json -> json.findObject(operation.wire()))
                            .map(json -> {
                                PayloadLimits limits = read(json, paged);
                                json.end();
                                return limits;
                            })
                            .orElse(paged));
        }
        payload.ifPresent(DescriptorObject::end);
        return new PayloadLimitPolicy(usual, own);
    }

    private static int page(Operation operation, ProviderLimits most, int seriesPage) {
        return switch (operation) {
            case CANDLES -> most.pageSize();
            case BOOK -> most.maxDepth();
            case TRADES -> most.maxTrades();
            case SERIES -> seriesPage;
            default -> 0;
        };
    }

    private static PayloadLimits read(DescriptorObject json, PayloadLimits d) {
        return new PayloadLimits(
                json.integer("wire_bytes", 1, PayloadLimits.MAX_BYTES, d.wireBytes()),
                json.integer("body_bytes", 1, PayloadLimits.MAX_BYTES, d.bodyBytes()),
                json.integer("tokens", 1, PayloadLimits.MAX_BYTES, d.tokens()),
                json.integer("depth", 1, PayloadLimits.MAX_DEPTH, d.depth()),
                json.integer("name_length", 1, PayloadLimits.MAX_BYTES, d.nameLength()),
                json.integer("text_length", 1, PayloadLimits.MAX_BYTES, d.textLength()),
                json.integer("number_length", 1, PayloadLimits.MAX_NUMBER_LENGTH, d.numberLength()),
                json.integer("exponent", 1, PayloadLimits.MAX_EXPONENT, d.exponent()),
                json.integer("elements", 1, PayloadLimits.MAX_BYTES, d.elements()),
                json.integer("slack", 1, PayloadLimits.MAX_BYTES, d.slack()));
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

    /** How much of the response to {@code query} is read. */
    public PayloadLimits of(MarketQuery query) {
        PayloadLimits most = own.getOrDefault(query.operation(), usual);
        return query.operation() == Operation.SYMBOLS ? most : most.forRecords(recordsPerArray(query));
    }

    /** The two sides of a book are two arrays. */
    private static int recordsPerArray(MarketQuery query) {
        return Math.clamp(
                query instanceof BookQuery book ? book.depth() : query.maxRecords(), 1, PayloadLimits.MAX_BYTES);
    }
}
