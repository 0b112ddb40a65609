/** Settings: read once, checked once, immutable. */
@NullMarked
package io.marketbrain.config;

import org.jspecify.annotations.NullMarked;
