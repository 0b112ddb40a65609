/**
 * Maps HTTP requests to validated queries and results to HTTP responses. Belongs here: routing, parameters, access
 * control, response filters, problem documents. Does not belong here: anything that fetches or caches data, and the
 * HTTP protocol itself, which is in {@code api.http}. Packages behind this one know nothing of HTTP; only {@link
 * io.marketbrain.api.Edge} knows the server.
 */
@NullMarked
package io.marketbrain.api;

import org.jspecify.annotations.NullMarked;
