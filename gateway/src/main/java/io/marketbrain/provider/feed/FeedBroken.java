package io.marketbrain.provider.feed;

/** A connection that must be given up; its message says why, for listeners and the log. */
final class FeedBroken extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    FeedBroken(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
