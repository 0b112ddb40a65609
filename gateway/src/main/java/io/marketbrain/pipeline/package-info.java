/** The shape of the way: what answers a query, what may be wrapped around it, and how a stack is built and printed. */
@NullMarked
package io.marketbrain.pipeline;

import org.jspecify.annotations.NullMarked;
