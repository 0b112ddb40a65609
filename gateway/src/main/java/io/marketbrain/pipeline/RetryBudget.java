package io.marketbrain.pipeline;

/**
 * A budget for extra calls (retries and hedged requests). Every request earns a fraction of an extra call, so extra
 * calls add at most a fixed percentage to a provider's load, however many requests fail (Google SRE Book, ch. 21
 * "Handling Overload"). At most ten calls accumulate; they are available from the start, for providers with little
 * traffic. Thread-safe.
 */
public final class RetryBudget {
    private static final int COST_OF_CALL = 100;
    private static final int MAX_CREDIT = 10 * COST_OF_CALL;

    private final int percent;
    private int credit;

    /** @param percent how many extra calls a hundred requests earn; zero allows none */
    public RetryBudget(int percent) {
        this.percent = percent;
        this.credit = percent == 0 ? 0 : MAX_CREDIT;
    }

    public synchronized void earn() {
        credit = Math.min(MAX_CREDIT, credit + percent);
    }

    /** Takes one extra call from the budget; false if the budget does not cover it. */
    public synchronized boolean spend() {
        if (credit < COST_OF_CALL) {
            return false;
        }
        credit -= COST_OF_CALL;
        return true;
    }
}
