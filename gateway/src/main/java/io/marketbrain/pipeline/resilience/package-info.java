/**
 * Protects the gateway and one provider from each other: retries, circuit breaker, {@code Retry-After}, quota, bulkhead
 * and timeouts. Runs after a route was chosen and before its provider is called; each provider has its own layers.
 * Belongs here: whether and when a provider may be called. Does not belong here: the order of providers, or what calls
 * cost.
 */
@NullMarked
package io.marketbrain.pipeline.resilience;

import org.jspecify.annotations.NullMarked;
