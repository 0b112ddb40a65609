package io.marketbrain.provider.mapping.request;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests of an operation, of which the first that a query has every value for is sent. Immutable. */
public final class OperationRequests {
    private final List<RequestTemplate> templates;
    private final RequestFormat format;

    private OperationRequests(List<RequestTemplate> templates, RequestFormat format) {
        this.templates = templates;
        this.format = format;
    }

    /** Reads {@code request}: one request, or several in {@code alternatives}. */
    public static OperationRequests read(Descriptor descriptor, DescriptorObject json, Operation operation) {
        RequestFormat format =
                RequestFormat.read(json, descriptor.terms(operation).adjustments());
        if (!json.has("alternatives")) {
            return new OperationRequests(List.of(RequestTemplate.read(descriptor, json, operation)), format);
        }
        List<RequestTemplate> templates = json.objects("alternatives").stream()
                .map(one -> RequestTemplate.read(descriptor, one, operation))
                .toList();
        json.end();
        return new OperationRequests(templates, format);
    }

    /** The same where a form of the response has other names of {@code intervals}. */
    public OperationRequests withIntervals(DescriptorObject form) {
        return new OperationRequests(templates, format.withIntervals(RequestFormat.intervals(form)));
    }

    /** The values of a query, as the requests write them. */
    public Map<String, String> values(MarketQuery query, SymbolRules symbols) {
        return QueryValues.of(query, symbols, format);
    }

    /** The request for a query; empty if every request needs a value that the query does not have. */
    public Optional<ProviderRequest> find(MarketQuery query, SymbolRules symbols) {
        return find(values(query, symbols));
    }

    private Optional<ProviderRequest> find(Map<String, String> values) {
        return templates.stream()
                .flatMap(template -> template.find(values).stream())
                .findFirst();
    }

    /** Whether a request lacks nothing but an end of the range. */
    public boolean lacksRange(MarketQuery query, SymbolRules symbols) {
        var ranged = new HashMap<String, String>(values(query, symbols));
        ranged.putIfAbsent(QueryValues.FROM, "0");
        ranged.putIfAbsent(QueryValues.TO, "0");
        return find(ranged).isPresent();
    }

    /** Whether the request for a query with a range would say where the range ends. */
    public boolean sendsEnd(MarketQuery query, SymbolRules symbols) {
        var ranged = new HashMap<String, String>(values(query, symbols));
        ranged.putIfAbsent(QueryValues.FROM, "0");
        ranged.put(QueryValues.TO, "0");
        Optional<ProviderRequest> request = find(ranged);
        ranged.put(QueryValues.TO, "1");
        return request.isPresent() && !request.equals(find(ranged));
    }

    /** Whether nothing but the range of a query keeps it from being sent. */
    public boolean excludesRange(MarketQuery query, SymbolRules symbols) {
        var latest = new HashMap<String, String>(values(query, symbols));
        latest.remove(QueryValues.FROM);
        latest.remove(QueryValues.TO);
        return find(latest).isPresent();
    }

    /** Whether they can ask for an adjustment by a word of its own. */
    public boolean names(Adjustment kind) {
        return format.named().contains(kind);
    }
}
