package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.HttpStatusFailures;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.response.BookRule;
import io.marketbrain.provider.mapping.response.RowContext;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Valid responses that have no data of what was asked for, and what that means. Pure. */
final class AbsentData {
    private AbsentData() {}

    /**
     * The failure that a response without errors shows; empty if it has data, or is malformed.
     *
     * @param read the document in the response; null if it has not been read
     */
    static Optional<Failure> find(
            MarketQuery query,
            ResponseMapping mapping,
            SymbolRules symbols,
            RawPayload raw,
            @Nullable PayloadNode read) {
        if (query instanceof SymbolsQuery || query instanceof NewsQuery) {
            return Optional.empty();
        }
        boolean mayBeIncomplete = mapping.skipIncomplete() || mapping.rows().selects();
        if (!mayBeIncomplete
                && mapping.empty().isEmpty()
                && !(query instanceof QuoteQuery)
                && !(query instanceof SeriesQuery)) {
            return Optional.empty();
        }
        try {
            PayloadNode document = read == null ? mapping.reader().document(raw) : read;
            return find(query, mapping, mapping.checked(document, query, symbols), raw);
        } catch (MalformedPayload e) {
            // The parser reports what is wrong.
            return Optional.empty();
        }
    }

    private static Optional<Failure> find(
            MarketQuery query, ResponseMapping mapping, RowContext document, RawPayload raw) throws MalformedPayload {
        if (isEmpty(mapping, document, raw)) {
            return query instanceof SeriesQuery series && isRange(series)
                    ? emptyRange(series, mapping, raw)
                    : mapping.empty().map(meaning -> meaning.failure(query, raw));
        }
        if (mapping.book().isPresent()) {
            return Optional.empty();
        }
        List<RowContext> all = mapping.allRows(document, raw);
        List<RowContext> rows = mapping.complete(all);
        if (rows.isEmpty() || mapping.fields().isOfOthers("value", rows)) {
            // There are rows, but none of them is about the instrument.
            return Optional.of(new Failure.UnknownInstrument(query.provider(), query.subject()));
        }
        if (query instanceof SeriesQuery series && !series.isDescription()) {
            return IncompleteSeries.find(series, mapping, all.size(), rows, raw.receivedAt());
        }
        return query instanceof QuoteQuery && hasNoPrice(mapping, rows)
                ? Optional.of(HttpStatusFailures.noPrice(query))
                : Optional.empty();
    }

    private static boolean isRange(SeriesQuery query) {
        return query.from() != null || query.to() != null;
    }

    /** A series of a known instrument may have no value in a range, but always has a latest one. */
    private static Optional<Failure> emptyRange(SeriesQuery query, ResponseMapping mapping, RawPayload raw)
            throws MalformedPayload {
        Optional<Failure> expired = IncompleteSeries.findExpired(query, mapping, List.of(), raw.receivedAt());
        return expired.isPresent()
                ? expired
                : mapping.empty()
                        .filter(meaning -> meaning != ErrorRule.Meaning.UNKNOWN_INSTRUMENT)
                        .map(meaning -> meaning.failure(query, raw));
    }

    private static boolean isEmpty(ResponseMapping mapping, RowContext document, RawPayload raw)
            throws MalformedPayload {
        if (mapping.book().isPresent()) {
            BookRule.Sides sides = mapping.book().get().find(document, mapping.fields(), raw.limits());
            return sides.bids().isEmpty() && sides.asks().isEmpty();
        }
        return mapping.rows().count(document.document(), document.values(), raw.limits()) == 0;
    }

    /** Whether the price is documented as absent, or zero, which is how providers say that there is none. */
    private static boolean hasNoPrice(ResponseMapping mapping, List<RowContext> rows) throws MalformedPayload {
        if (mapping.pick() == ResponseMapping.Pick.ONLY && rows.size() > 1) {
            return false;
        }
        Optional<BigDecimal> price = mapping.fields().find("price", mapping.picked(rows));
        return price.isEmpty() || price.get().signum() == 0;
    }
}
