package io.marketbrain.pipeline.resilience;

/** Where it is counted what was used of a provider's limits. Thread-safe. */
interface QuotaCounts extends AutoCloseable {
    /** The limit of a wait that the provider itself asked for. */
    int ASKED = -1;

    /**
     * How long until there is room: 0 is now, and it is used already.
     *
     * @param limit which limit is full, or {@link #ASKED}
     * @param at when that was asked, for {@link #giveBack}
     */
    record Wait(long nanos, int limit, long at) {}

    /** Uses every limit, an amount each, or none and says how long until all have room below {@code percent}. */
    Wait take(long[] amounts, int percent);

    /** Takes back what was used at {@code at} for a call that was not made after all. */
    void giveBack(long[] amounts, long at);

    /** The provider asked not to be called for so long. */
    void asked(long nanos);

    /** What was used of a limit within its stretch of time, as far as known here. */
    long used(int limit);

    @Override
    void close();
}
