package io.marketbrain.payload;

import io.marketbrain.json.PayloadLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A series of an SDMX message: the codes by which it is known.
 *
 * @param codes the codes by the ids of their dimensions, in the order of the key
 * @param attributes whether the codes may have attributes among them, because the message does not tell them apart
 */
record SdmxSeries(SequencedMap<String, String> codes, boolean attributes) {
    static final String TIME = "TIME_PERIOD";
    static final String VALUE = "OBS_VALUE";

    /**
     * The key of the series as the query writes it, if it is the one; otherwise its codes.
     *
     * @param requested the requested key
     */
    private String key(Optional<String> requested) {
        if (attributes && requested.isPresent()) {
            List<String> wanted = List.of(requested.get().split("\\.", -1));
            if (contains(codes.values(), wanted) || contains(wanted, codes.values())) {
                return requested.get();
            }
        }
        return String.join(".", codes.values());
    }

    /** The same with further codes, whose places in the key are not known. */
    SdmxSeries with(Map<String, String> further) {
        var all = new LinkedHashMap<>(codes);
        all.putAll(further);
        return new SdmxSeries(all, true);
    }

    private static boolean contains(Collection<String> all, Collection<String> some) {
        List<String> others = new ArrayList<>(all);
        return some.stream().allMatch(others::remove);
    }

    /** The row of one observation. */
    PayloadNode row(
            List<PayloadNode> time,
            List<PayloadNode> value,
            Optional<String> requested,
            PayloadLimits limits,
            int index) {
        String place = "observation " + (index + 1);
        PayloadNode key = PayloadText.of(key(requested), "the key of " + place, limits);
        return new SdmxObservation(codes, time, value, key, place, limits);
    }
}
