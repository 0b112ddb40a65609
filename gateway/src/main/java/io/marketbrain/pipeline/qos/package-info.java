/**
 * Admission control: limits how many requests run at a time, serves interactive requests before background work,
 * divides permits fairly among callers, and rejects early what cannot be served in time. Runs before the cache. Belongs
 * here: who is served next, and who is rejected. Does not belong here: limits of a single provider, which are in
 * {@code resilience}.
 */
@NullMarked
package io.marketbrain.pipeline.qos;

import org.jspecify.annotations.NullMarked;
