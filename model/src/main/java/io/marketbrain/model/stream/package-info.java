/**
 * Streams of market data: channels, and the events in them. Belongs here: what both the providers' feeds and the API need
 * to name. Does not belong here: connections, buffers, texts of protocols.
 */
@NullMarked
package io.marketbrain.model.stream;

import org.jspecify.annotations.NullMarked;
