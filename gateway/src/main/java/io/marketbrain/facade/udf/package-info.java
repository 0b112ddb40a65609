/**
 * TradingView's Universal Data Feed: the paths that its charting library, and others that follow it, read candles, symbols and
 * quotes from.
 */
@NullMarked
package io.marketbrain.facade.udf;

import org.jspecify.annotations.NullMarked;
