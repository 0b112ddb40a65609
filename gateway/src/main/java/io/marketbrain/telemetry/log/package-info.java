/**
 * Listener: the log that never blocks, used by every step of a request.
 *
 * <p>A log call renders its line and leaves it in one bounded queue a sink; one thread a sink carries the lines out. What
 * does not fit is counted and announced once the sink takes lines again. The only owner of the logging library.
 */
@NullMarked
package io.marketbrain.telemetry.log;

import org.jspecify.annotations.NullMarked;
