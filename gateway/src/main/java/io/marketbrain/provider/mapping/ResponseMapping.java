package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.PayloadKind;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.request.OperationRequests;
import io.marketbrain.provider.mapping.response.BookRule;
import io.marketbrain.provider.mapping.response.DocumentCheck;
import io.marketbrain.provider.mapping.response.DocumentReader;
import io.marketbrain.provider.mapping.response.FieldNames;
import io.marketbrain.provider.mapping.response.NextPageRule;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import io.marketbrain.provider.mapping.response.RowsRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a response of one form means. Immutable.
 *
 * @param requests the requests that it answers, which know the values of a query
 * @param rows where the rows of the response are; the document itself for an order book
 * @param book where the levels of an order book are
 * @param check what the document must say about itself
 * @param empty what a response without rows means; empty if it is data
 * @param skipIncomplete whether rows without one of the required values are left out instead of being malformed
 * @param pick which of several rows is a quote
 * @param newestFirst whether trades of one time begin with the newest; otherwise their times say it
 * @param allFields the fields of rows, also of other adjustments
 * @param next where a list of symbols says how it continues
 */
record ResponseMapping(
        OperationRequests requests,
        DocumentReader reader,
        RowsRule rows,
        Optional<BookRule> book,
        DocumentCheck check,
        Optional<ErrorRule.Meaning> empty,
        boolean skipIncomplete,
        Pick pick,
        boolean newestFirst,
        AdjustableFields allFields,
        CandleRules candles,
        SeriesRules series,
        Optional<NextPageRule> next) {

    /** Which of several rows is the one that was asked for. */
    enum Pick {
        ONLY,
        FIRST,
        LAST,
        /** The one of the latest time, and of the latest version. */
        NEWEST
    }

    /** @param name a name of the rules for the shapes that are learnt from responses, which changes with the rules */
    static ResponseMapping read(
            OperationRequests requests,
            DescriptorObject response,
            PayloadKind kind,
            Operation operation,
            FieldNames names,
            Supplier<String> name) {
        boolean isBook = operation == Operation.BOOK;
        var fields = AdjustableFields.read(response, operation, names);
        Pick pick = response.choice("pick", Pick.class, Pick.ONLY);
        if (pick == Pick.NEWEST && !fields.usual().has("time")) {
            throw response.wrong("pick", "cannot be 'newest' without the field 'time'");
        }
        RowsRule rows = isBook ? RowsRule.DOCUMENT : RowsRule.read(response.object("rows"));
        return new ResponseMapping(
                requests,
                DocumentReader.read(kind, rows.areSdmx(), response, name),
                rows,
                isBook ? Optional.of(BookRule.read(response, fields.usual())) : Optional.empty(),
                DocumentCheck.read(response),
                response.has("empty")
                        ? Optional.of(response.choice("empty", ErrorRule.Meaning.class))
                        : Optional.empty(),
                response.flag("skip_incomplete", false),
                pick,
                operation == Operation.TRADES && response.flag("newest_first", false),
                fields,
                operation == Operation.CANDLES ? CandleRules.read(response) : CandleRules.NONE,
                SeriesRules.read(response),
                operation == Operation.SYMBOLS
                        ? response.findObject("next").map(NextPageRule::read)
                        : Optional.empty());
    }

    /** The fields of rows. */
    RowFields fields() {
        return allFields.usual();
    }

    /** The same where some fields are others by the gateway's names. */
    ResponseMapping renamed(Map<String, String> names) {
        return with(allFields.renamed(names), series);
    }

    /** The same for candles of one adjustment; null stands for the default. */
    ResponseMapping adjusted(@Nullable Adjustment kind) {
        return with(allFields.chosen(kind), series);
    }

    /** The same with the constant texts of the usual response, where it has none. */
    ResponseMapping withTexts(SeriesRules usual) {
        return with(allFields, series.or(usual));
    }

    private ResponseMapping with(AdjustableFields fields, SeriesRules series) {
        return new ResponseMapping(
                requests,
                reader,
                rows,
                book,
                check,
                empty,
                skipIncomplete,
                pick,
                newestFirst,
                fields,
                candles,
                series,
                next);
    }

    /** The document of a response, which is about the query. */
    RowContext document(MarketQuery query, SymbolRules symbols, RawPayload raw) throws MalformedPayload {
        return checked(reader.document(raw), query, symbols);
    }

    /** A document that has been read, which is about the query. */
    RowContext checked(PayloadNode document, MarketQuery query, SymbolRules symbols) throws MalformedPayload {
        Map<String, String> values = requests.values(query, symbols);
        check.require(document, values);
        return new RowContext(document, document, values);
    }

    /** All rows of a document, also those without a value for this query. */
    List<RowContext> allRows(RowContext document, RawPayload raw) throws MalformedPayload {
        return document.rows(rows, raw.limits());
    }

    /** The rows of a document that have every required value; all of them, unless others may be left out. */
    List<RowContext> completeRows(RowContext document, RawPayload raw) throws MalformedPayload {
        return complete(allRows(document, raw));
    }

    List<RowContext> complete(List<RowContext> rows) throws MalformedPayload {
        return complete(rows, fields());
    }

    /** Those of the rows that have every required value; all of them, unless others may be left out. */
    List<RowContext> complete(List<RowContext> rows, RowFields fields) throws MalformedPayload {
        if (!skipIncomplete) {
            return rows;
        }
        List<RowContext> complete = new ArrayList<>();
        for (RowContext row : rows) {
            if (fields.isComplete(row)) {
                complete.add(row);
            }
        }
        return complete;
    }

    /** The one of several rows that was asked for. */
    RowContext picked(List<RowContext> rows) throws MalformedPayload {
        if (rows.isEmpty() || (pick == Pick.ONLY && rows.size() > 1)) {
            throw new MalformedPayload("the document has " + rows.size() + " rows where one is documented");
        }
        return switch (pick) {
            case ONLY, FIRST -> rows.getFirst();
            case LAST -> rows.getLast();
            case NEWEST -> newest(rows);
        };
    }

    /** The row of the latest time, of several the one of the latest version; it has one price. */
    private RowContext newest(List<RowContext> rows) throws MalformedPayload {
        RowContext newest = rows.getFirst();
        boolean hasOnePrice = true;
        for (RowContext row : rows.subList(1, rows.size())) {
            int order = compareTimes(row, newest);
            if (order > 0) {
                newest = row;
                hasOnePrice = true;
            } else if (order == 0) {
                hasOnePrice &= price(row).equals(price(newest));
            }
        }
        if (!hasOnePrice) {
            throw new MalformedPayload("the document has several prices for one time");
        }
        return newest;
    }

    private int compareTimes(RowContext row, RowContext other) throws MalformedPayload {
        int order = fields().time(row).compareTo(fields().time(other));
        return order == 0 ? version(row).compareTo(version(other)) : order;
    }

    private String version(RowContext row) throws MalformedPayload {
        return fields().findText("version", row).orElse("");
    }

    /** The price, however many zeros it ends in. */
    private Optional<BigDecimal> price(RowContext row) throws MalformedPayload {
        return fields().find("price", row).map(BigDecimal::stripTrailingZeros);
    }
}
