package io.marketbrain.pipeline.resilience;

/** Counts what was used of a provider's rate limits. Thread-safe. */
interface QuotaCounts extends AutoCloseable {
    /** Stands in for the index of a limit when the provider itself asked for the wait. */
    int PROVIDER_WAIT = -1;

    /**
     * The time until the limits have room; 0 means that the amounts have been counted and the call may be made.
     *
     * @param limit the index of the limit that is full, or {@link #PROVIDER_WAIT}
     * @param at when the amounts were counted, for {@link #giveBack}
     */
    record Wait(long nanos, int limit, long at) {}

    /**
     * Counts an amount for each limit, or counts none and returns how long until all have room below {@code percent}; an
     * amount above that has room once nothing else is counted.
     */
    Wait take(long[] amounts, int percent);

    /** Reverses what was counted at {@code at} for a call that was not made. */
    void giveBack(long[] amounts, long at);

    /** Records that the provider asked for no calls for {@code nanos}. */
    void onRetryAfter(long nanos);

    /** What was used of a limit within its period, as far as known here. */
    long used(int limit);

    @Override
    void close();
}
