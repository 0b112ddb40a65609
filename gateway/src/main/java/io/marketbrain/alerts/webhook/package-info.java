/**
 * Webhooks over HTTP: which addresses they may be sent to, and one request on a connection of its own. The owner of their sockets: the
 * JDK's HTTP client resolves host names itself, so that the address that was checked and the one that is connected to could differ.
 */
@NullMarked
package io.marketbrain.alerts.webhook;

import org.jspecify.annotations.NullMarked;
