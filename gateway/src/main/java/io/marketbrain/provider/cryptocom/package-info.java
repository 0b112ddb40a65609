/** The feed of Crypto.com; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.cryptocom;

import org.jspecify.annotations.NullMarked;
