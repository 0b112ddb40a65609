package io.marketbrain.pipeline.stream.relay;

import java.util.List;
import java.util.Optional;

/**
 * What a gateway says to Redis and asks of it with a renewal.
 *
 * @param ownToken the token of its last lease; 0 for none, or if it leaves the feed to others
 * @param revision the last one known of what others want; 0 for none
 * @param list what the gateway wants; empty if it is known there
 * @param asked the channels whose state is asked for
 */
record LeaseRequest(
        long ownToken,
        long revision,
        boolean wantsLease,
        long listVersion,
        Optional<String> list,
        List<String> asked) {}
