/**
 * JSON in and out, and the only owner of the JSON library: a bounded reader whose compact result ({@link
 * io.marketbrain.json.JsonValue}) points into the bytes that were read, and a small writer. Belongs here: JSON
 * syntax and its limits. Does not belong here: what a document means, which limits apply to which provider, and the format of
 * the gateway's responses. Imports nothing else of the project.
 */
@NullMarked
package io.marketbrain.json;

import org.jspecify.annotations.NullMarked;
