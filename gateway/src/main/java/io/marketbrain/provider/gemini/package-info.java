/** The feed of Gemini; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.gemini;

import org.jspecify.annotations.NullMarked;
