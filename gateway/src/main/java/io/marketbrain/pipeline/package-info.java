/**
 * The interfaces of the request pipeline: sources of market data, the layers around them, and the stack that combines
 * and counts them. Belongs here: contracts that several layers share. Does not belong here: the layers themselves,
 * which have one package each.
 */
@NullMarked
package io.marketbrain.pipeline;

import org.jspecify.annotations.NullMarked;
