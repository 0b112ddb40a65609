/**
 * Steps 2 and 21 of a request: turns HTTP into a validated query and an answer into bytes. Nothing behind this room
 * knows that HTTP exists, and only {@link io.marketbrain.api.Edge} knows which server speaks it.
 */
@NullMarked
package io.marketbrain.api;

import org.jspecify.annotations.NullMarked;
