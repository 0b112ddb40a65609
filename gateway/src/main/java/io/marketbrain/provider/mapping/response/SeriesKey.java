package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.SdmxRows;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.notation.TextTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key of the requested series of an SDMX message.
 *
 * @param forms the forms that keys have, of which the first that the query has every value for counts; empty if a message has
 *     only the requested series
 */
record SeriesKey(List<TextTemplate> forms) {
    /** That of whatever series a message has. */
    static final SeriesKey ANY = new SeriesKey(List.of());

    /** {@code "key": ["{id_end}"]}. */
    static SeriesKey read(DescriptorObject json) {
        return new SeriesKey(json.texts("key").stream()
                .map(text -> PayloadPath.template(json, "key", text))
                .toList());
    }

    boolean isAny() {
        return forms.isEmpty();
    }

    Optional<String> find(Map<String, String> values) {
        return forms.stream().flatMap(form -> form.find(values).stream()).findFirst();
    }

    boolean fits(PayloadNode row, Map<String, String> values) throws MalformedPayload {
        return isAny()
                || find(values)
                        .equals(Optional.of(row.named(SdmxRows.KEY).getFirst().text()));
    }
}
