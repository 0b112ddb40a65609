/**
 * What happens to a response after its endpoint, as one list of filters in order: secrets, CORS, conditional requests,
 * compression, caching and safety headers, metrics. Belongs here: whatever applies to every response. Does not belong here:
 * what only one endpoint does.
 */
@NullMarked
package io.marketbrain.api.filters;

import org.jspecify.annotations.NullMarked;
