/**
 * The providers this gateway runs: their modes, routes and capabilities, the order in which {@code auto} tries them, and
 * the lists of instruments that live providers publish.
 */
@NullMarked
package io.marketbrain.provider.registry;

import org.jspecify.annotations.NullMarked;
