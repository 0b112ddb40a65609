package io.marketbrain.provider.mapping;

import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.OperationTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of several lists of instruments.
 *
 * @param mapping how it is requested and read
 */
record ListMapping(SymbolListTerms terms, OperationMapping mapping) {
    private static final int MOST_WEIGHT = 1_000_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /** {@code {"name": "swaps", "types": ["swap"], "request": …}}; the response is that of the first list unless it has its own. */
    static ListMapping read(Descriptor descriptor, DescriptorObject json, DescriptorObject first) {
        String name = json.text("name");
        if (!NAME.matcher(name).matches()) {
            throw json.wrong("name", "must be a word in lower case");
        }
        var list = new ListMapping(
                terms(descriptor, json, name),
                OperationMapping.read(
                        descriptor,
                        json.object("request"),
                        json.has("response") ? json.object("response") : first.object("response"),
                        Operation.SYMBOLS));
        json.end();
        return list;
    }

    private static SymbolListTerms terms(Descriptor descriptor, DescriptorObject json, @Nullable String name) {
        List<InstrumentType> types = json.texts("types").stream()
                .map(type -> InstrumentType.find(type)
                        .orElseThrow(() -> json.wrong("types", "can have " + InstrumentType.names())))
                .toList();
        OperationTerms usual = descriptor.terms(Operation.SYMBOLS);
        return new SymbolListTerms(name, types, json.integer("weight", 1, MOST_WEIGHT, usual.weight()), usual.minTtl());
    }

    /** All lists of the operation, the first one without a name; empty if there is one that has everything. */
    static List<ListMapping> readAll(Descriptor descriptor, DescriptorObject first, OperationMapping mapping) {
        List<ListMapping> lists = new ArrayList<>();
        if (first.has("types") || first.has("lists")) {
            lists.add(new ListMapping(terms(descriptor, first, null), mapping));
        }
        if (first.has("lists")) {
            first.objects("lists").forEach(json -> lists.add(read(descriptor, json, first)));
        }
        return lists;
    }
}
