/**
 * Candle ranges that are longer than one response of a provider. Runs before retries, so that each page is retried by
 * itself. Belongs here: how many pages a range takes, and joining them. Does not belong here: the pages of the API.
 */
@NullMarked
package io.marketbrain.pipeline.paging;

import org.jspecify.annotations.NullMarked;
