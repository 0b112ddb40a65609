/**
 * A deterministic market without data files: quotes, candles, order books, trades, news and macro series for any instrument
 * at any instant, computed from a seed. Needs the model only; usable without the gateway. Does not belong here: JSON,
 * HTTP, or anything about providers.
 */
@NullMarked
package io.marketbrain.mock;

import org.jspecify.annotations.NullMarked;
