/**
 * WebSocket (RFC 6455), the server's side: handshake, frames, sessions. As strict as the HTTP server: what the standard
 * forbids ends the connection with its close code. Text messages only, no extensions, no compression. Belongs here: the
 * protocol over one connection. Does not belong here: sockets, and what messages mean.
 */
@NullMarked
package io.marketbrain.http.websocket;

import org.jspecify.annotations.NullMarked;
