/**
 * Streams to clients: the path of server-sent events, the WebSocket beside it, and their texts. Belongs here: what a client asks
 * for and how events are written. Does not belong here: what waits for a client, where data comes from.
 */
@NullMarked
package io.marketbrain.api.streams;

import org.jspecify.annotations.NullMarked;
