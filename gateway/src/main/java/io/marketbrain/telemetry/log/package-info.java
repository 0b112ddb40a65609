/**
 * The non-blocking log, used by all parts of the gateway.
 *
 * <p>A log call renders its line and adds it to one bounded queue per sink; one thread per sink writes the lines. Lines
 * that do not fit are counted, and announced once the sink accepts lines again. This is the only package that uses the
 * logging library.
 */
@NullMarked
package io.marketbrain.telemetry.log;

import org.jspecify.annotations.NullMarked;
