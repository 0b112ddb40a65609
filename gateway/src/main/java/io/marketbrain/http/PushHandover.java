package io.marketbrain.http;

import io.marketbrain.http.message.PushedProtocol;

/**
 * What a connection needs to go on when the {@link PushLoop} gives it back.
 *
 * @param permit closed then
 * @param next serves the connection from then on
 */
record PushHandover(PushedConnection connection, PushedProtocol protocol, StreamPermit permit, Connection.Step next) {}
