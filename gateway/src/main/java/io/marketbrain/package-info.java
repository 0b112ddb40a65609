/** The gateway: its start ({@link io.marketbrain.Main}) and its composition ({@link io.marketbrain.Gateway}). */
@NullMarked
package io.marketbrain;

import org.jspecify.annotations.NullMarked;
