/**
 * Responses on their way out: JSON, CSV and NDJSON, problem documents, entity tags, caching headers, compression. Belongs
 * here: how a result or failure looks on the wire. Does not belong here: what the result is.
 */
@NullMarked
package io.marketbrain.api.rendering;

import org.jspecify.annotations.NullMarked;
