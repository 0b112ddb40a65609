package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.Map;
import java.util.Optional;

/**
 * What a document must say about itself, so that another instrument's data is not taken for the requested one's. Immutable.
 *
 * @param always what it must say in any case
 * @param known the same, as far as the query has the values that it names
 */
public record DocumentCheck(Optional<TextMatch> always, Optional<TextMatch> known) {

    /** Reads {@code check} and {@code check_known}. */
    public static DocumentCheck read(DescriptorObject response) {
        return new DocumentCheck(TextMatch.find(response, "check"), TextMatch.find(response, "check_known"));
    }

    /** Refuses a document that says something else. */
    public void require(PayloadNode document, Map<String, String> values) throws MalformedPayload {
        if (always.isPresent()) {
            always.get().require(document, values);
        }
        if (known.isPresent()) {
            known.get().known(values).require(document, values);
        }
    }
}
