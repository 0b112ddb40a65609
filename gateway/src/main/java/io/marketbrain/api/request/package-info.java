/**
 * HTTP requests on their way in: path and query decoding, strict parameters, symbols, cursors, and the exception that
 * rejects a request. Belongs here: what turns a request into validated values. Does not belong here: access rules
 * ({@code api.access}) and anything about responses ({@code api.rendering}).
 */
@NullMarked
package io.marketbrain.api.request;

import org.jspecify.annotations.NullMarked;
