/**
 * The forms of symbols, of which a provider's symbol rules are made: listed securities, indices, currencies, crypto pairs,
 * futures, derivatives and series, and the built-in tables of markets and indices. Belongs here: what a text means as an
 * instrument. Does not belong here: how descriptors are read, or which instruments exist.
 */
@NullMarked
package io.marketbrain.provider.symbols;

import org.jspecify.annotations.NullMarked;
