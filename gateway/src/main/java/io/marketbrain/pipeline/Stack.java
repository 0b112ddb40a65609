package io.marketbrain.pipeline;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import java.util.List;

/** Layers in the order a request meets them. Immutable. */
public final class Stack {
    private final List<Layer> layers;

    private Stack(List<Layer> layers) {
        this.layers = layers;
    }

    public static Stack outermostFirst(Layer... layers) {
        return new Stack(List.of(layers));
    }

    /** The source that a request enters through the first layer and leaves through {@code source}. */
    public MarketDataSource over(MarketDataSource source) {
        MarketDataSource wrapped = source;
        for (Layer layer : layers.reversed()) {
            wrapped = new Named(layer.name(), layer.around(wrapped), wrapped);
        }
        return wrapped;
    }

    private record Named(String name, MarketDataSource layer, MarketDataSource next) implements MarketDataSource {
        @Override
        public Outcome<Answer> fetch(MarketQuery query, Call call) {
            return layer.fetch(query, call);
        }

        @Override
        public String toString() {
            return name + " → " + next;
        }
    }
}
