package io.marketbrain.model;

/** Who asks: the name that budgets, limits and logs go by. Never carries a credential. */
public record Caller(String name, boolean anonymous) {
    /** Somebody on this machine, who needs no key. */
    public static final Caller LOCAL = new Caller("local", true);

    /** The gateway itself: warming, refreshing, recording. */
    public static final Caller GATEWAY = new Caller("gateway", false);
}
