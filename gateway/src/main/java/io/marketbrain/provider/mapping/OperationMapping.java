package io.marketbrain.provider.mapping;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.Lazy;
import io.marketbrain.provider.descriptor.PayloadKind;
import io.marketbrain.provider.mapping.request.OperationRequests;
import io.marketbrain.provider.mapping.response.FieldNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How one operation is requested and what its responses mean. Immutable.
 *
 * @param response how a response is read that has none of the other forms
 * @param forms other forms that the response may have, such as CSV or an older one
 */
record OperationMapping(OperationRequests requests, ResponseMapping response, List<ResponseForm> forms) {

    static OperationMapping read(
            Descriptor descriptor, DescriptorObject request, DescriptorObject response, Operation operation) {
        return read(descriptor, request, response, operation, FieldNames.of(operation));
    }

    /** The mapping of the request that asks what a series is: {@code {"request": …, "response": …}}. */
    static OperationMapping readDescription(Descriptor descriptor, DescriptorObject json) {
        OperationMapping mapping = read(
                descriptor, json.object("request"), json.object("response"), Operation.SERIES, FieldNames.DESCRIPTION);
        json.end();
        return mapping;
    }

    private static OperationMapping read(
            Descriptor descriptor,
            DescriptorObject request,
            DescriptorObject response,
            Operation operation,
            FieldNames names) {
        OperationRequests requests = OperationRequests.read(descriptor, request, operation);
        // Built only where responses are learnt from, because the text is long.
        var name = new Lazy<>(response::fingerprint);
        PayloadKind kind = descriptor.terms(operation).payload();
        ResponseMapping usual = ResponseMapping.read(requests, response, kind, operation, names, name);
        List<ResponseForm> forms = new ArrayList<>();
        for (DescriptorObject form : response.has("forms") ? response.objects("forms") : List.<DescriptorObject>of()) {
            int number = forms.size();
            forms.add(ResponseForm.read(
                    form,
                    kind,
                    (own, ownKind) -> ResponseMapping.read(
                                    requests.withIntervals(own),
                                    own,
                                    ownKind,
                                    operation,
                                    names,
                                    () -> name.get() + "-" + number)
                            .withTexts(usual.series())));
        }
        response.end();
        return new OperationMapping(requests, usual, List.copyOf(forms));
    }

    /** The same where some fields, also those of the other forms, are others by the gateway's names. */
    OperationMapping renamed(Map<String, String> names) {
        return new OperationMapping(
                requests,
                response.renamed(names),
                forms.stream().map(form -> form.renamed(names)).toList());
    }

    /** How this response to the query is read. */
    ResponseMapping of(RawPayload raw, MarketQuery query) {
        ResponseMapping fitting = forms.isEmpty() ? response : ofForm(raw, query);
        return query instanceof CandlesQuery candles ? fitting.adjusted(candles.adjustment()) : fitting;
    }

    private ResponseMapping ofForm(RawPayload raw, MarketQuery query) {
        var start = new Lazy<>(() -> ResponseForm.start(raw.body()));
        var whole = new Lazy<>(() -> ResponseForm.whole(raw.body()));
        return forms.stream()
                .filter(form -> form.isFor(query) && form.fits(start, whole))
                .map(ResponseForm::response)
                .findFirst()
                .orElse(response);
    }

    /**
     * Whether candles can be adjusted this way: by default, by a word in the request or by other fields. A provider may
     * offer it for some intervals only.
     *
     * @param usual the adjustments that the provider offers, its default first
     */
    boolean offers(Adjustment kind, List<Adjustment> usual) {
        return (!usual.isEmpty() && usual.getFirst() == kind)
                || response.allFields().has(kind)
                || requests.names(kind);
    }

    /** Whether rows have fields of both names, in any form or adjustment. */
    boolean hasBoth(String name, String other) {
        return responses().anyMatch(one -> one.allFields().haveBoth(name, other));
    }

    /** The names of the forms, which change with the rules. */
    Stream<String> responseForms() {
        return responses().map(one -> one.reader().form().get());
    }

    private Stream<ResponseMapping> responses() {
        return Stream.concat(Stream.of(response), forms.stream().map(ResponseForm::response));
    }
}
