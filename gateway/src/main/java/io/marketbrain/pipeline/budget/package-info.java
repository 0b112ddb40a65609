/**
 * Budgets: a call that costs money is made only after a budget has paid for it. Runs last in a provider's stack, right
 * before the call, so that responses from the cache or from another request's call, and rejected requests, cost
 * nothing. Belongs here: prices, budgets, and where they are counted. Does not belong here: rate limits, which are in
 * {@code resilience}.
 */
@NullMarked
package io.marketbrain.pipeline.budget;

import org.jspecify.annotations.NullMarked;
