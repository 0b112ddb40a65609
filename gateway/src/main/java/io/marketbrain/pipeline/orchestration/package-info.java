/**
 * Chooses the routes that support a query and tries them in order. Runs inside the cache and outside the provider
 * stacks. Belongs here: the order of routes, hedging, and the substitution of mock data. Does not belong here: anything
 * specific to one provider.
 */
@NullMarked
package io.marketbrain.pipeline.orchestration;

import org.jspecify.annotations.NullMarked;
