package io.marketbrain.pipeline.quality;

/**
 * How often a fault was found.
 *
 * @param injected how often it was injected
 * @param found how often a check of the right kind named the place at which it began
 * @param others findings that name another place or are of another kind, and were not there without the fault
 */
record FaultScore(int injected, int found, int others) {
    static final FaultScore NONE = new FaultScore(0, 0, 0);

    FaultScore plus(boolean isFound, int more) {
        return new FaultScore(injected + 1, found + (isFound ? 1 : 0), others + more);
    }

    double recall() {
        return part(found, injected);
    }

    double precision() {
        return part(found, found + others);
    }

    private static double part(int some, int all) {
        return all == 0 ? 1 : (double) some / all;
    }
}
