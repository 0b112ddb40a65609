/**
 * Cache decisions as values: keys, entries with their expiry, how long each kind of data is fresh, which failures are
 * remembered, and how a candle range is cut into segments. Pure: no threads, no clocks, no stores.
 */
@NullMarked
package io.marketbrain.pipeline.cache.policy;

import org.jspecify.annotations.NullMarked;
