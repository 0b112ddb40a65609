/**
 * Step 11 of a request: after a route was chosen, before its provider is asked. Retries what is worth it, leaves a
 * provider alone that is down or asks to be, keeps its quota, and gives every attempt its own time. Each provider has
 * its own.
 */
@NullMarked
package io.marketbrain.pipeline.resilience;

import org.jspecify.annotations.NullMarked;
