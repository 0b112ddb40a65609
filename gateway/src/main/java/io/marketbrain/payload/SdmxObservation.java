package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
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
        implements PayloadNode {
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
    public boolean isList() {
        return false;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public List<PayloadNode> items() throws MalformedPayload {
        throw new MalformedPayload(place + " is not a list");
    }

    @Override
    public SequencedMap<String, PayloadNode> members() {
        return new LinkedHashMap<>();
    }

    @Override
    public boolean isNull() {
        return false;
    }

    @Override
    public String text() throws MalformedPayload {
        throw new MalformedPayload(place + " is not a text");
    }

    @Override
    public BigDecimal decimal() throws MalformedPayload {
        throw new MalformedPayload(place + " is not a decimal");
    }

    @Override
    public String toString() {
        return place;
    }
}
