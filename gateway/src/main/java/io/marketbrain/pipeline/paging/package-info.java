/**
 * Step 12 of a request: before retries, so that each page is retried by itself. Asks for candles in as many pages as the
 * provider needs and joins them.
 */
@NullMarked
package io.marketbrain.pipeline.paging;

import org.jspecify.annotations.NullMarked;
