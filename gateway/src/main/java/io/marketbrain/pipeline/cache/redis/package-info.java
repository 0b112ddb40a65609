/**
 * The port to the Redis or Valkey that gateways share: a state machine, a few connections of our own, each with a worker
 * and a bounded queue before it, and deadlines that close sockets. Nothing of Redis is visible outside; nothing here makes
 * a caller wait longer than it said.
 */
@NullMarked
package io.marketbrain.pipeline.cache.redis;

import org.jspecify.annotations.NullMarked;
