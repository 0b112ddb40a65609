package io.marketbrain.payload;

import io.marketbrain.json.PayloadLimits;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A series of an SDMX message: the codes by which it is known.
 *
 * @param codes the codes by the ids of their dimensions
 * @param attributes whether the codes may have attributes among them, because the message does not tell them apart
 * @param placed how many codes, from the first, are in the order of the key; the places of the others are not known
 * @param labels what is said about it besides
 */
record SdmxSeries(SequencedMap<String, String> codes, boolean attributes, int placed, SdmxLabels labels) {
    static final String TIME = "TIME_PERIOD";
    static final String VALUE = "OBS_VALUE";

    SdmxSeries(SequencedMap<String, String> codes, boolean attributes) {
        this(codes, attributes, codes.size(), SdmxLabels.NONE);
    }

    /** A series that is told apart by its codes alone, of which more is said. */
    SdmxSeries(SequencedMap<String, String> codes, SdmxLabels labels) {
        this(codes, false, codes.size(), labels);
    }

    /**
     * The key of the series as the query writes it, if it is the one; otherwise its codes.
     *
     * @param requested the requested key
     */
    private String key(Optional<String> requested) {
        if (attributes && requested.isPresent()) {
            List<String> found = List.copyOf(codes.values());
            List<String> others = found.subList(placed, found.size());
            List<String> wanted = new ArrayList<>(List.of(requested.get().split("\\.", -1)));
            boolean areWanted = others.stream().filter(wanted::remove).count() == others.size();
            List<String> inOrder = found.subList(0, placed);
            if (hasInOrder(inOrder, wanted) || (areWanted && hasInOrder(wanted, inOrder))) {
                return requested.get();
            }
        }
        return String.join(".", codes.values());
    }

    /** The same with further codes, whose places in the key are not known. */
    SdmxSeries with(Map<String, String> further) {
        var all = new LinkedHashMap<>(codes);
        all.putAll(further);
        return new SdmxSeries(all, true, codes.size(), labels);
    }

    /** The same of which more is said. */
    SdmxSeries with(SdmxLabels further) {
        return new SdmxSeries(codes, attributes, placed, labels.and(further));
    }

    /** Whether a list has all the codes of another one in their order, with or without others between them. */
    private static boolean hasInOrder(List<String> all, List<String> some) {
        Iterator<String> codes = all.iterator();
        for (String code : some) {
            boolean isThere = false;
            while (!isThere && codes.hasNext()) {
                isThere = codes.next().equals(code);
            }
            if (!isThere) {
                return false;
            }
        }
        return true;
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
        return new SdmxObservation(codes, labels, time, value, key, place, limits);
    }
}
