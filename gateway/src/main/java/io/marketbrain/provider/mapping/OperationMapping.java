package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.Lazy;
import io.marketbrain.provider.descriptor.PayloadKind;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.request.OperationRequests;
import io.marketbrain.provider.mapping.response.ActionsRule;
import io.marketbrain.provider.mapping.response.BookRule;
import io.marketbrain.provider.mapping.response.DocumentReader;
import io.marketbrain.provider.mapping.response.NextPageRule;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import io.marketbrain.provider.mapping.response.RowsRule;
import io.marketbrain.provider.mapping.response.TextMatch;
import io.marketbrain.provider.mapping.response.ValueSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one operation is requested and what its responses mean.
 *
 * @param rows where the rows of the response stand; the document itself for an order book
 * @param book where the levels of an order book stand
 * @param check what the document must say about itself, so that another instrument's data is not taken for the requested one's
 * @param checkKnown the same, as far as the query has the values that it names
 * @param empty what a response without rows means; empty if it is data
 * @param skipIncomplete whether rows without one of the required values are left out instead of being malformed
 * @param liveRow whether the last candle may be a part of the one before, which is still running
 * @param even whether the provider leaves no candle out, so that candles of which no two follow each other are of another interval
 * @param title the title of a series, and {@code unit} its unit; the default is its id, and no unit
 * @param pick which of several rows is a quote
 * @param adjusted the fields of candles of another adjustment, where they are other ones
 * @param actions where splits and dividends stand that are sent with candles
 * @param next where a list of symbols says how it continues
 * @param forms other forms that the response may have, such as CSV or an older one
 */
record OperationMapping(
        OperationRequests requests,
        DocumentReader reader,
        RowsRule rows,
        Optional<BookRule> book,
        Optional<TextMatch> check,
        Optional<TextMatch> checkKnown,
        Optional<ErrorRule.Meaning> empty,
        boolean skipIncomplete,
        boolean liveRow,
        boolean even,
        Optional<ValueSource> title,
        Optional<ValueSource> unit,
        Pick pick,
        RowFields fields,
        Map<Adjustment, RowFields> adjusted,
        List<ActionsRule> actions,
        Optional<NextPageRule> next,
        List<ResponseForm> forms) {

    /** Which of several rows is the one that was asked for. */
    enum Pick {
        ONLY,
        FIRST,
        LAST
    }

    static OperationMapping read(
            Descriptor descriptor, DescriptorObject request, DescriptorObject response, Operation operation) {
        OperationRequests requests = OperationRequests.read(descriptor, request, operation);
        // Built only where responses are learnt from, because the text is long.
        var name = new Lazy<>(
                () -> Integer.toHexString(String.valueOf(response.plain()).hashCode()));
        PayloadKind kind = descriptor.terms(operation).payload();
        OperationMapping mapping = of(requests, response, kind, operation, name);
        List<ResponseForm> forms = new ArrayList<>();
        for (DescriptorObject form : response.has("forms") ? response.objects("forms") : List.<DescriptorObject>of()) {
            int number = forms.size();
            forms.add(ResponseForm.read(
                    form,
                    kind,
                    (own, ownKind) ->
                            of(requests.withIntervals(own), own, ownKind, operation, () -> name.get() + "-" + number)));
        }
        response.end();
        return mapping.with(List.copyOf(forms));
    }

    /** Those of the descriptor's operations that are here. */
    static Map<Operation, OperationMapping> readSome(Descriptor descriptor, DescriptorObject json) {
        var operations = new EnumMap<Operation, OperationMapping>(Operation.class);
        for (Operation operation : descriptor.operations()) {
            if (json.has(operation.wire())) {
                DescriptorObject own = json.object(operation.wire());
                operations.put(operation, read(descriptor, own.object("request"), own.object("response"), operation));
                own.end();
            }
        }
        return operations;
    }

    /** The mapping of one form of the response. */
    private static OperationMapping of(
            OperationRequests requests,
            DescriptorObject response,
            PayloadKind kind,
            Operation operation,
            Supplier<String> name) {
        boolean isBook = operation == Operation.BOOK;
        boolean isCandles = operation == Operation.CANDLES;
        RowFields fields = RowFields.read(response, operation);
        RowsRule rows = isBook ? RowsRule.DOCUMENT : RowsRule.read(response.object("rows"));
        return new OperationMapping(
                requests,
                DocumentReader.read(kind, rows.areSdmx(), response, name),
                rows,
                isBook ? Optional.of(BookRule.read(response)) : Optional.empty(),
                response.findObject("check").map(TextMatch::read),
                response.findObject("check_known").map(TextMatch::read),
                response.has("empty")
                        ? Optional.of(response.choice("empty", ErrorRule.Meaning.class))
                        : Optional.empty(),
                response.flag("skip_incomplete", false),
                isCandles && response.flag("live_row", false),
                isCandles && response.flag("even", false),
                ValueSource.findText(response, "title"),
                ValueSource.findText(response, "unit"),
                response.choice("pick", Pick.class, Pick.ONLY),
                fields,
                adjusted(response, fields),
                isCandles && response.has("actions")
                        ? response.objects("actions").stream()
                                .map(ActionsRule::read)
                                .toList()
                        : List.of(),
                operation == Operation.SYMBOLS
                        ? response.findObject("next").map(NextPageRule::read)
                        : Optional.empty(),
                List.of());
    }

    private OperationMapping with(List<ResponseForm> forms) {
        return forms.isEmpty() ? this : with(fields, adjusted, forms);
    }

    private OperationMapping with(RowFields fields, Map<Adjustment, RowFields> adjusted, List<ResponseForm> forms) {
        return new OperationMapping(
                requests,
                reader,
                rows,
                book,
                check,
                checkKnown,
                empty,
                skipIncomplete,
                liveRow,
                even,
                title,
                unit,
                pick,
                fields,
                adjusted,
                actions,
                next,
                forms);
    }

    /** The same where some fields, also those of the other forms, are others by the gateway's names. */
    OperationMapping renamed(Map<String, String> names) {
        var all = new EnumMap<Adjustment, RowFields>(Adjustment.class);
        adjusted.forEach((kind, own) -> all.put(kind, own.renamed(names)));
        return with(
                fields.renamed(names),
                all,
                forms.stream().map(form -> form.renamed(names)).toList());
    }

    /** The mapping of the form that a response to this query has. */
    OperationMapping in(RawPayload raw, MarketQuery query) {
        if (forms.isEmpty()) {
            return this;
        }
        var start = new Lazy<>(() -> ResponseForm.start(raw.body()));
        var whole = new Lazy<>(() -> ResponseForm.whole(raw.body()));
        for (ResponseForm form : forms) {
            if (form.isFor(query) && form.fits(start, whole)) {
                return form.mapping().adjusted(query instanceof CandlesQuery candles ? candles.adjustment() : null);
            }
        }
        return this;
    }

    /** {@code "adjusted": {"all": {"close": "adjClose"}}}: the fields that differ from the others. */
    private static Map<Adjustment, RowFields> adjusted(DescriptorObject response, RowFields fields) {
        var adjusted = new EnumMap<Adjustment, RowFields>(Adjustment.class);
        response.findObject("adjusted").ifPresent(kinds -> {
            for (Adjustment kind : Adjustment.values()) {
                kinds.findObject(kind.wire()).ifPresent(own -> adjusted.put(kind, fields.with(own)));
            }
            kinds.end();
        });
        return adjusted;
    }

    /**
     * Whether candles can be adjusted this way: by default, by a word in the request or by other fields. A provider may
     * offer it for some intervals only.
     *
     * @param usual the adjustments that the provider offers, its default first
     */
    boolean offers(Adjustment kind, List<Adjustment> usual) {
        return (!usual.isEmpty() && usual.getFirst() == kind) || adjusted.containsKey(kind) || requests.names(kind);
    }

    /** Whether rows have fields of both names, in any form or adjustment. */
    boolean hasBoth(String name, String other) {
        return (fields.has(name) && fields.has(other))
                || adjusted.values().stream().anyMatch(own -> own.has(name) && own.has(other))
                || forms.stream().anyMatch(form -> form.mapping().hasBoth(name, other));
    }

    /** The mapping of candles of one adjustment. */
    OperationMapping adjusted(@Nullable Adjustment kind) {
        RowFields own = kind == null ? null : adjusted.get(kind);
        return own == null ? this : with(own, adjusted, forms);
    }

    /** The document of a response, which is about the query. */
    RowContext document(MarketQuery query, SymbolRules symbols, RawPayload raw) throws MalformedPayload {
        return checked(reader.document(raw), query, symbols);
    }

    /** A document that has been read, which is about the query. */
    RowContext checked(PayloadNode document, MarketQuery query, SymbolRules symbols) throws MalformedPayload {
        Map<String, String> values = requests.values(query, symbols);
        if (check.isPresent()) {
            check.get().require(document, values);
        }
        if (checkKnown.isPresent()) {
            checkKnown.get().known(values).require(document, values);
        }
        return new RowContext(document, document, values);
    }

    /** The rows of a document that have every required value; all of them, unless others may be left out. */
    List<RowContext> completeRows(RowContext document, RawPayload raw) throws MalformedPayload {
        return complete(allRows(document, raw));
    }

    /** All rows, also those without a value for this query. */
    List<RowContext> allRows(RowContext document, RawPayload raw) throws MalformedPayload {
        return document.rows(rows, raw.limits());
    }

    /** The one of several rows that was asked for. */
    RowContext picked(List<RowContext> rows) throws MalformedPayload {
        if (rows.isEmpty() || (pick == Pick.ONLY && rows.size() > 1)) {
            throw new MalformedPayload("the document has " + rows.size() + " rows where one is documented");
        }
        return pick == Pick.LAST ? rows.getLast() : rows.getFirst();
    }

    List<RowContext> complete(List<RowContext> rows) throws MalformedPayload {
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
}
