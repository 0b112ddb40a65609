package io.marketbrain.payload;

/** Places in lists, as they stand in paths. Pure. */
final class ListIndex {
    private static final int MOST_DIGITS = 7;

    private ListIndex() {}

    /** The index that a step names, from zero; -1 if it is none. */
    static int parse(String step) {
        if (step.isEmpty() || step.length() > MOST_DIGITS) {
            return -1;
        }
        int index = 0;
        for (int i = 0; i < step.length(); i++) {
            char c = step.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            index = index * 10 + (c - '0');
        }
        return index;
    }
}
