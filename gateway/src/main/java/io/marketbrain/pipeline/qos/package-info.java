/**
 * Step 6 of a request: after its budget, before the cache. So many requests at a time, people before background work,
 * every caller its share; what cannot be served in time is turned away early.
 */
@NullMarked
package io.marketbrain.pipeline.qos;

import org.jspecify.annotations.NullMarked;
