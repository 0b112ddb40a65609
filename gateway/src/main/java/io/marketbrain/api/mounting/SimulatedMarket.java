package io.marketbrain.api.mounting;

import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderCatalog;

/** The mock market in place of every provider, at a clock of its own: nothing of it is cached, counted or sent anywhere. */
public record SimulatedMarket(MarketDataSource source, ProviderCatalog catalogue) {}
