package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.PayloadKind;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one operation is requested and what its responses mean.
 *
 * @param requests the requests, of which the first that a query has every value for is sent
 * @param rows where the rows of the response stand
 * @param check what the document must say about itself, so that another instrument's data is not taken for the requested one's
 * @param title the title of a series, and {@code unit} its unit; the default is its id, and no unit
 * @param pick which of several rows is a quote
 * @param skipIncomplete whether rows without one of the required values are left out instead of being malformed
 */
record OperationMapping(
        List<RequestTemplate> requests,
        RequestFormat format,
        DocumentReader reader,
        RowsRule rows,
        Optional<TextMatch> check,
        boolean skipIncomplete,
        Optional<TextTemplate> title,
        Optional<TextTemplate> unit,
        Pick pick,
        RowFields fields) {

    /** Which of several rows is the one that was asked for. */
    enum Pick {
        ONLY,
        FIRST,
        LAST
    }

    static OperationMapping read(DescriptorObject json, Operation operation, PayloadKind kind) {
        DescriptorObject request = json.object("request");
        List<RequestTemplate> requests = new ArrayList<>();
        RequestFormat format = RequestFormat.read(request);
        if (request.has("alternatives")) {
            request.objects("alternatives").forEach(one -> requests.add(RequestTemplate.read(one)));
            request.end();
        } else {
            requests.add(RequestTemplate.read(request));
        }
        DescriptorObject response = json.object("response");
        var mapping = new OperationMapping(
                List.copyOf(requests),
                format,
                DocumentReader.read(kind, response),
                RowsRule.read(response.object("rows")),
                response.findObject("check").map(TextMatch::read),
                response.flag("skip_incomplete", false),
                template(response, "title"),
                template(response, "unit"),
                response.choice("pick", Pick.class, Pick.ONLY),
                RowFields.read(response, operation));
        response.end();
        json.end();
        return mapping;
    }

    private static Optional<TextTemplate> template(DescriptorObject json, String key) {
        return json.findText(key).map(text -> PayloadPath.template(json, key, text));
    }

    /** The request for a query; empty if every request needs a value that the query does not have. */
    Optional<ProviderRequest> findRequest(MarketQuery query, SymbolRules symbols) {
        Map<String, String> values = QueryValues.of(query, symbols, format);
        return requests.stream().flatMap(template -> template.find(values).stream()).findFirst();
    }

    /** The rows of a response that have every required value; all of them, unless others may be left out. */
    List<RowContext> completeRows(MarketQuery query, SymbolRules symbols, RawPayload raw) throws MalformedPayload {
        List<RowContext> rows = rows(query, symbols, raw);
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

    /** Whether a valid response shows that the provider does not have the instrument: it has rows, but none of it. */
    boolean showsUnknown(MarketQuery query, SymbolRules symbols, RawPayload raw) throws MalformedPayload {
        return (skipIncomplete || rows.where().isPresent())
                && completeRows(query, symbols, raw).isEmpty()
                && !rows.isEmpty(reader.document(raw), QueryValues.of(query, symbols, format), raw.limits());
    }

    /** The rows of a response. */
    private List<RowContext> rows(MarketQuery query, SymbolRules symbols, RawPayload raw) throws MalformedPayload {
        PayloadNode document = reader.document(raw);
        Map<String, String> values = QueryValues.of(query, symbols, format);
        if (check.isPresent() && !check.get().fits(document, values)) {
            throw new MalformedPayload("the document is about another instrument");
        }
        List<RowContext> found = new ArrayList<>();
        for (PayloadNode row : rows.of(document, values, raw.limits())) {
            found.add(new RowContext(document, row, values));
        }
        return found;
    }
}
