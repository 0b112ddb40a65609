/**
 * Who may do what: API keys, admin scope, rate limits per key, allowed host names, cross-origin requests, and the counters
 * of rejected requests. Decides before an endpoint runs; knows no endpoint.
 */
@NullMarked
package io.marketbrain.api.access;

import org.jspecify.annotations.NullMarked;
