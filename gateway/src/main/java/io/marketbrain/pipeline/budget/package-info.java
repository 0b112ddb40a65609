/**
 * Step 5 of a request: nothing that costs is asked of a provider before it is paid for. Stands last in a provider's
 * stack, right before the call, so that what a cache, another request's call or a refusal answers costs nothing.
 */
@NullMarked
package io.marketbrain.pipeline.budget;

import org.jspecify.annotations.NullMarked;
