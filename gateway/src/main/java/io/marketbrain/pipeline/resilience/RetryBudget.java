package io.marketbrain.pipeline.resilience;

/**
 * What retries are paid from: every request earns a share of a retry, so that retries add a fixed percentage to a
 * provider's load at the most, however much fails (Google SRE Book, ch. 21 "Handling Overload"). Ten are saved up at
 * the most and there from the start, for providers that are asked little. Thread-safe.
 */
final class RetryBudget {
    private static final int RETRY = 100;
    private static final int MOST = 10 * RETRY;

    private final int percent;
    private int credit;

    RetryBudget(int percent) {
        this.percent = percent;
        this.credit = percent == 0 ? 0 : MOST;
    }

    synchronized void earn() {
        credit = Math.min(MOST, credit + percent);
    }

    synchronized boolean spend() {
        if (credit < RETRY) {
            return false;
        }
        credit -= RETRY;
        return true;
    }
}
