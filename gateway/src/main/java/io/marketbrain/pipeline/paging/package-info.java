/**
 * Requests candles in as many pages as the provider needs and merges them. Runs before retries, so that each page is
 * retried separately. Belongs here: which page to request next, and when a range is complete. Does not belong here: how
 * one page is requested (the provider's adapter), and how ranges are cached (the cache).
 */
@NullMarked
package io.marketbrain.pipeline.paging;

import org.jspecify.annotations.NullMarked;
