/**
 * Adapters that are written in descriptors: how requests are built and what responses mean, as data. {@code MappedAdapter} finds
 * in the {@code ProviderMapping} the {@code OperationMapping} for a query, in that the {@code ResponseMapping} of the form that a
 * response has, and lets {@code MappedQuote} and the like make market data of its rows. Read strictly when a provider is first
 * used; what is wrong is reported with file, line and column. Belongs here: the operations of a provider and the data that is made.
 * Does not belong here: where values are in a response ({@code mapping.response}), how they are written ({@code
 * mapping.notation}); expressions: what cannot be said by a rule needs an adapter of its own.
 */
@NullMarked
package io.marketbrain.provider.mapping;

import org.jspecify.annotations.NullMarked;
