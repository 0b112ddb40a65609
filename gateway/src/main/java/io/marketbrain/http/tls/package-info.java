/**
 * Server-side TLS: loads the certificate and its key from PEM files and reloads them when they change. Belongs here:
 * certificates, keys and SSL contexts. Does not belong here: the protocol that TLS carries. Loaded only if TLS is on.
 */
@NullMarked
package io.marketbrain.http.tls;

import org.jspecify.annotations.NullMarked;
