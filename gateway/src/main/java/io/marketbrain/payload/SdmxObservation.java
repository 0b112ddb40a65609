package io.marketbrain.payload;

import io.marketbrain.json.PayloadLimits;
import java.util.List;
import java.util.SequencedMap;

/**
 * An observation of an SDMX message as a row with {@code TIME_PERIOD}, {@code OBS_VALUE}, the code of each dimension by its id,
 * and the codes together as {@code @key}.
 *
 * @param place its place in the document
 */
record SdmxObservation(
        SequencedMap<String, String> codes,
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
            default -> {
                String code = codes.get(step);
                yield code == null ? List.of() : List.of(PayloadText.of(code, step + " of " + place, limits));
            }
        };
    }

    @Override
    public String toString() {
        return place;
    }
}
