package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.text.NumberText;

/** The order of the ids of entries in a stream of Redis: {@code <milliseconds>-<number>}. Pure. */
final class EntryId {
    /** Before all entries. */
    static final String FIRST = "0-0";

    private EntryId() {}

    /** Whether {@code id} is later than {@code other}; what is no id is not. */
    static boolean isAfter(String id, String other) {
        try {
            int order = Long.compareUnsigned(part(id, 0), part(other, 0));
            return order > 0 || (order == 0 && Long.compareUnsigned(part(id, 1), part(other, 1)) > 0);
        } catch (NumberFormatException invalid) {
            return false;
        }
    }

    private static long part(String id, int index) {
        int dash = id.indexOf('-');
        if (dash < 0) {
            throw new NumberFormatException("no id of an entry");
        }
        return NumberText.parseLong(index == 0 ? id.substring(0, dash) : id.substring(dash + 1));
    }
}
