package io.marketbrain.pipeline;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Trace;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Layers in the order a request meets them, each counted as requests pass. Thread-safe. */
public final class Stack {
    private final List<Counted> layers;

    private Stack(List<Counted> layers) {
        this.layers = layers;
    }

    public static Stack outermostFirst(Layer... layers) {
        return new Stack(Stream.of(layers).map(Counted::new).toList());
    }

    /** The source that a request enters through the first layer and leaves through {@code source}. */
    public MarketDataSource over(MarketDataSource source) {
        MarketDataSource wrapped = source;
        for (Counted layer : layers.reversed()) {
            wrapped = new Named(layer, layer.layer.around(wrapped), wrapped);
        }
        return wrapped;
    }

    /** Every layer with its state and counters, outermost first. */
    public List<LayerReport> reports(String stack) {
        return layers.stream().map(counted -> counted.report(stack)).toList();
    }

    private record Counted(Layer layer, LongAdder entered, LongAdder failed) {
        Counted(Layer layer) {
            this(layer, new LongAdder(), new LongAdder());
        }

        LayerReport report(String stack) {
            return new LayerReport(stack, layer.name(), layer.state(), entered.sum(), failed.sum(), layer.counters());
        }
    }

    private record Named(Counted counted, MarketDataSource layer, MarketDataSource next) implements MarketDataSource {
        @Override
        public Outcome<Answer> fetch(MarketQuery query, Call call) {
            counted.entered.increment();
            Trace around = call.trace();
            if (!around.on()) {
                return counted(layer.fetch(query, call));
            }
            Trace own = around.enter(counted.layer.name());
            Outcome<Answer> outcome = layer.fetch(query, call.tracedBy(own));
            own.end(Recorder.outcome(outcome));
            return counted(outcome);
        }

        private Outcome<Answer> counted(Outcome<Answer> outcome) {
            if (outcome instanceof Outcome.Failed<Answer>) {
                counted.failed.increment();
            }
            return outcome;
        }

        @Override
        public String toString() {
            return counted.layer.name() + " → " + next;
        }
    }
}
