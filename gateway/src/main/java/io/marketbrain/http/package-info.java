/**
 * An HTTP/1.1 server that expects hostile clients: no request is handled before it is complete and unambiguous, and no
 * client may take longer or send more than {@link io.marketbrain.http.HttpLimits} allows. Belongs here: the
 * protocol, connections and their limits. Does not belong here: anything about what is served.
 */
@NullMarked
package io.marketbrain.http;

import org.jspecify.annotations.NullMarked;
