package io.marketbrain.api.mounting;

import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.stream.ChannelFinder;

/**
 * The mock market in place of every provider, at a clock of its own: nothing of it is cached, counted or sent anywhere.
 *
 * @param channels which channel of it a listener gets
 */
public record SimulatedMarket(MarketDataSource source, ProviderCatalog catalogue, ChannelFinder channels) {}
