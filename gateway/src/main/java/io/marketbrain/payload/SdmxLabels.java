package io.marketbrain.payload;

import java.util.HashMap;
import java.util.Map;

/**
 * What an SDMX message says about a series besides its codes.
 *
 * @param attributes the values of attributes, such as its unit, by their ids
 * @param names what codes and values of attributes are called, by the ids of their dimensions and attributes
 */
record SdmxLabels(Map<String, String> attributes, Map<String, String> names) {
    static final SdmxLabels NONE = new SdmxLabels(Map.of(), Map.of());

    /** These and the other ones, which count where both have one. */
    SdmxLabels and(SdmxLabels others) {
        if (others.isNone()) {
            return this;
        }
        return isNone() ? others : new SdmxLabels(merged(attributes, others.attributes), merged(names, others.names));
    }

    private boolean isNone() {
        return attributes.isEmpty() && names.isEmpty();
    }

    private static Map<String, String> merged(Map<String, String> some, Map<String, String> others) {
        var all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
