/**
 * Step 1 of a request: before {@code api}. An HTTP/1.1 server that expects its clients to be hostile:
 * nothing is worked on before it has arrived whole and is beyond doubt, and nobody may take longer, or send more, than
 * {@link io.marketbrain.api.http.HttpLimits} allows. It knows nothing of what is served.
 */
@NullMarked
package io.marketbrain.api.http;

import org.jspecify.annotations.NullMarked;
