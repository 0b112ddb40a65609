/**
 * The client for the Redis or Valkey that gateways share: a connection state machine, a few worker threads with a connection each behind one bounded queue, and deadlines that close sockets.
 *
 * <p>Belongs here: everything that knows the Redis protocol, its commands, scripts, keys and topology. Does not belong here: decisions about freshness and loading. No Redis type is visible outside, and no caller waits longer than the timeout it passed.
 */
@NullMarked
package io.marketbrain.pipeline.cache.redis;

import org.jspecify.annotations.NullMarked;
