/**
 * The providers this gateway runs: their modes, routes and capabilities, the order in which {@code auto} tries them, and
 * the lists of instruments that live providers publish. Belongs here: which providers there are and which of them can serve a
 * query. Does not belong here: how a provider is called.
 */
@NullMarked
package io.marketbrain.provider.registry;

import org.jspecify.annotations.NullMarked;
