package io.marketbrain.pipeline.stream;

import io.marketbrain.pipeline.Reportable;

/** One processing step wrapped around every subscription, such as sharing it among listeners. */
public interface StreamLayer extends Reportable {
    MarketEventSource around(MarketEventSource next);
}
