package io.marketbrain.payload;

import io.marketbrain.json.PayloadLimits;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * An observation of an SDMX message as a row with {@code TIME_PERIOD}, {@code OBS_VALUE}, the code of each dimension by its id,
 * the attributes by theirs, the codes together as {@code @key}, and the names of codes and attributes in {@code @name}.
 *
 * @param place its place in the document
 */
record SdmxObservation(
        SequencedMap<String, String> codes,
        SdmxLabels labels,
        List<PayloadNode> time,
        List<PayloadNode> value,
        PayloadNode key,
        String place,
        PayloadLimits limits)
        implements PayloadRow {
    @Override
    public List<PayloadNode> named(String step) {
        return switch (step) {
            case SdmxSeries.TIME -> time;
            case SdmxSeries.VALUE -> value;
            case SdmxRows.KEY -> List.of(key);
            case SdmxRows.NAME -> List.of(new SdmxNames(this));
            default -> text(step, codes.getOrDefault(step, labels.attributes().get(step)));
        };
    }

    /** What a code or an attribute is called, or else the code itself. */
    List<PayloadNode> name(String id) {
        String code = codes.getOrDefault(id, labels.attributes().get(id));
        return text(id, code == null ? null : labels.names().getOrDefault(id, code));
    }

    private List<PayloadNode> text(String id, @Nullable String text) {
        return text == null ? List.of() : List.of(PayloadText.of(text, id + " of " + place, limits));
    }

    @Override
    public String toString() {
        return place;
    }
}
