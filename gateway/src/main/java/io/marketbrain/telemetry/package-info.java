/** Listener: what the gateway counts and measures about itself, and how that is written down. */
@NullMarked
package io.marketbrain.telemetry;

import org.jspecify.annotations.NullMarked;
