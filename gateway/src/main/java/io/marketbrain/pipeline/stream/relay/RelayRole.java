package io.marketbrain.pipeline.stream.relay;

/** What a gateway does with a feed that it may share. */
enum RelayRole {
    /** Redis has not replied yet. */
    UNDECIDED,
    /** It has the feed and publishes it. */
    HOLDER,
    /** It receives the feed from the holder. */
    FOLLOWER,
    /** It has the feed for itself, because Redis does not respond. */
    ALONE
}
