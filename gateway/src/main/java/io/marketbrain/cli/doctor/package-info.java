/**
 * {@code brain doctor}: checks of the machine, the settings, the port, Redis and the live providers, each with a finding
 * that says what to do.
 */
@NullMarked
package io.marketbrain.cli.doctor;

import org.jspecify.annotations.NullMarked;
