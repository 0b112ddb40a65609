package io.marketbrain.model;

/** The identity behind a request: the name used by budgets, limits and logs. Never holds a credential. */
public record Caller(String name, boolean anonymous) {
    /** A caller on this machine, which needs no key. */
    public static final Caller LOCAL = new Caller("local", true);

    /** The gateway itself: cache warming, refreshing, recording. */
    public static final Caller GATEWAY = new Caller("gateway", false);
}
