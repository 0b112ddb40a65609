/**
 * Kraken's API of market data (spot REST), served from our data. Belongs here: its paths, names of pairs and assets, shapes,
 * texts of errors. Does not belong here: how Kraken itself is called, which is a provider.
 */
@NullMarked
package io.marketbrain.facade.kraken;

import org.jspecify.annotations.NullMarked;
