/**
 * Step 9 of a request: after the cache, before a provider. Chooses the routes that can answer and tries them in
 * order. Knows routes, not providers.
 */
@NullMarked
package io.marketbrain.pipeline.orchestration;

import org.jspecify.annotations.NullMarked;
