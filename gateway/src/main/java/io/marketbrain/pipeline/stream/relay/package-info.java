/**
 * Shares a provider's feed among the gateways of one Redis: which gateway holds it, what the others receive from it. Belongs
 * here: the lease, the messages between gateways, and the decision where the events of a channel come from. Does not belong
 * here: the connection to Redis, which is {@code store.redis}.
 */
@NullMarked
package io.marketbrain.pipeline.stream.relay;

import org.jspecify.annotations.NullMarked;
