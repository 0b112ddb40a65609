/** Step 3: what must stay secret, and how it is kept so. */
@NullMarked
package io.marketbrain.security;

import org.jspecify.annotations.NullMarked;
