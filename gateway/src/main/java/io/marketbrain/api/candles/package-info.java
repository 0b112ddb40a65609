/**
 * Candles over HTTP: pages as JSON, CSV and NDJSON, and whole ranges streamed page by page.
 */
@NullMarked
package io.marketbrain.api.candles;

import org.jspecify.annotations.NullMarked;
