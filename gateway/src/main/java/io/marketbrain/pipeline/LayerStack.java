package io.marketbrain.pipeline;

import io.marketbrain.model.Call;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.Trace;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Layers in the order in which a request passes through them, with a count of requests for each. The source behind the
 * last layer is counted too if it is {@link Reportable}. Thread-safe.
 */
public final class LayerStack {
    private final List<Layer> layers;
    private final List<Counted> counted;
    private volatile @Nullable Counted end;

    private LayerStack(List<Layer> layers) {
        this.layers = layers;
        this.counted = layers.stream().map(Counted::new).toList();
    }

    public static LayerStack outermostFirst(Layer... layers) {
        return new LayerStack(List.of(layers));
    }

    /**
     * Wraps {@code source} in the layers; a request enters through the first one. Call it once: a stack wraps one
     * source.
     */
    public MarketDataSource over(MarketDataSource source) {
        MarketDataSource wrapped = source;
        if (source instanceof Reportable reporting) {
            var last = new Counted(reporting);
            end = last;
            wrapped = new Named(last, source, source.toString());
        }
        for (int i = layers.size() - 1; i >= 0; i--) {
            wrapped = new Named(
                    counted.get(i), layers.get(i).around(wrapped), layers.get(i).name() + " → " + wrapped);
        }
        return wrapped;
    }

    /** The reports of all layers, outermost first. */
    public List<LayerReport> reports(String stack) {
        return Stream.concat(counted.stream(), Stream.ofNullable(end))
                .map(part -> part.report(stack))
                .toList();
    }

    private record Counted(Reportable part, LongAdder entered, LongAdder failed) {
        Counted(Reportable part) {
            this(part, new LongAdder(), new LongAdder());
        }

        LayerReport report(String stack) {
            return new LayerReport(stack, part.name(), part.state(), entered.sum(), failed.sum(), part.counters());
        }
    }

    private record Named(Counted counted, MarketDataSource source, String shown) implements MarketDataSource {
        @Override
        public Outcome<QueryResult> fetch(MarketQuery query, Call call) {
            counted.entered.increment();
            Trace around = call.trace();
            if (!around.on()) {
                return counted(source.fetch(query, call));
            }
            Trace own = around.enter(counted.part.name());
            Outcome<QueryResult> outcome = source.fetch(query, call.tracedBy(own));
            own.end(TraceRecorder.outcome(outcome));
            return counted(outcome);
        }

        private Outcome<QueryResult> counted(Outcome<QueryResult> outcome) {
            if (outcome instanceof Outcome.Failed<QueryResult>) {
                counted.failed.increment();
            }
            return outcome;
        }

        @Override
        public String toString() {
            return shown;
        }
    }
}
