/**
 * Recordings of exchanges with providers: writing them off the path of requests, and serving them in place of the
 * provider. Belongs here: the format of recordings, what is removed from them, the files, and which recording answers a
 * request. Does not belong here: HTTP, and what a body means.
 */
@NullMarked
package io.marketbrain.provider.recording;

import org.jspecify.annotations.NullMarked;
