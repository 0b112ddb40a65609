/**
 * Step 1 of a request, where it comes through TLS: the certificate and its key from PEM files, and what to do when they
 * change. Loaded only where TLS is on.
 */
@NullMarked
package io.marketbrain.api.tls;

import org.jspecify.annotations.NullMarked;
