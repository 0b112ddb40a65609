package io.marketbrain.payload;

import java.util.List;

/** The names of an observation's codes and attributes, by the ids of dimensions and attributes. */
record SdmxNames(SdmxObservation observation) implements PayloadRow {
    @Override
    public String place() {
        return "the names of " + observation.place();
    }

    @Override
    public List<PayloadNode> named(String step) {
        return observation.name(step);
    }

    @Override
    public String toString() {
        return place();
    }
}
