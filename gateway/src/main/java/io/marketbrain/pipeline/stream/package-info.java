/**
 * The contracts of subscriptions, beside those of requests: {@link io.marketbrain.pipeline.stream.MarketEventSource} stands
 * beside {@code MarketDataSource}, {@link io.marketbrain.pipeline.stream.StreamLayer} beside {@code Layer}. Belongs here:
 * what the feeds of providers, the layers around them and the API agree on, and the layers that know no provider.
 */
@NullMarked
package io.marketbrain.pipeline.stream;

import org.jspecify.annotations.NullMarked;
