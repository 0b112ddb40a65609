/**
 * Connections to Redis or Valkey, for everything that shares state between gateways: addresses, TLS, Sentinel and Cluster
 * topology, scripts, and what errors mean. The only owner of the Redis client library. What is stored is decided by the
 * packages that use it.
 */
@NullMarked
package io.marketbrain.store.redis;

import org.jspecify.annotations.NullMarked;
