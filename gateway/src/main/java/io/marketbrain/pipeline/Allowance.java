package io.marketbrain.pipeline;

/**
 * What extra calls are paid from: every question earns a share of one, so that extra calls add a fixed percentage to a
 * provider's load at the most, however much fails (Google SRE Book, ch. 21 "Handling Overload"). Ten are saved up at
 * the most and there from the start, for providers that are asked little. Thread-safe.
 */
public final class Allowance {
    private static final int ONE = 100;
    private static final int MOST = 10 * ONE;

    private final int percent;
    private int credit;

    /** @param percent how many extra calls a hundred questions earn; zero allows none */
    public Allowance(int percent) {
        this.percent = percent;
        this.credit = percent == 0 ? 0 : MOST;
    }

    public synchronized void earn() {
        credit = Math.min(MOST, credit + percent);
    }

    /** Pays for an extra call; false where there is not enough saved up. */
    public synchronized boolean spend() {
        if (credit < ONE) {
            return false;
        }
        credit -= ONE;
        return true;
    }
}
