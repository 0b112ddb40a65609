/**
 * HTTP messages (RFC 9110 and 9112): request heads parsed strictly, response headers, bodies whole or streamed. Knows no
 * socket and no thread.
 */
@NullMarked
package io.marketbrain.http.message;

import org.jspecify.annotations.NullMarked;
