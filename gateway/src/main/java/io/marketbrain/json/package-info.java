/**
 * JSON in and out, and the only owner of the JSON library: a bounded reader whose compact result ({@link
 * io.marketbrain.json.JsonValue}) points into the bytes that were read, and a small writer. What a document means, which
 * limits apply to whom and how the gateway's own responses look belong elsewhere. Imports nothing else of the project.
 */
@NullMarked
package io.marketbrain.json;

import org.jspecify.annotations.NullMarked;
