/** The mock market as an ordinary provider: a transport that computes payloads instead of fetching them. */
@NullMarked
package io.marketbrain.provider.mock;

import org.jspecify.annotations.NullMarked;
