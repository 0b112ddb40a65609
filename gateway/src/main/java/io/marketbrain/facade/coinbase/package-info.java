/**
 * Coinbase's API of market data (Exchange REST), served from our data. Belongs here: its paths, parameters, shapes, texts of
 * errors. Does not belong here: how Coinbase itself is called, which is a provider.
 */
@NullMarked
package io.marketbrain.facade.coinbase;

import org.jspecify.annotations.NullMarked;
