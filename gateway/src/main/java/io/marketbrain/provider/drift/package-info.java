/**
 * The drift guard: compares responses of live providers with the shapes that recorded responses have, so that a changed
 * interface is a failure instead of a wrong or missing number. Belongs here: shapes, their comparison with documents, and
 * what is kept of responses that differ. Does not belong here: the meaning of fields, which only adapters know.
 */
@NullMarked
package io.marketbrain.provider.drift;

import org.jspecify.annotations.NullMarked;
