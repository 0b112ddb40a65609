/**
 * Step 10 of a request: the registry of providers, what each can do and whether it is live or mock; the transport that
 * reaches it; the source that joins transport and adapter. Sub-packages hold one provider each: two pure functions.
 */
@NullMarked
package io.marketbrain.provider;

import org.jspecify.annotations.NullMarked;
