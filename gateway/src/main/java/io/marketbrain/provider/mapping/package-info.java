/**
 * Adapters that are written in descriptors: how requests are built and what responses mean, as data. Read strictly when a
 * provider is first used; what is wrong is reported with file, line and column. Belongs here: the rules and how they are
 * applied. Does not belong here: expressions; what cannot be said by a rule needs an adapter of its own.
 */
@NullMarked
package io.marketbrain.provider.mapping;

import org.jspecify.annotations.NullMarked;
