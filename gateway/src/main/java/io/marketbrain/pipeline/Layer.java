package io.marketbrain.pipeline;

import java.util.Map;

/** One job done around every fetch. */
public interface Layer {
    /** The layer's name in printed stacks and explanations: a noun in lower case. */
    String name();

    MarketDataSource around(MarketDataSource next);

    /** The state the layer is in, in one lower-case word: {@code ok}, {@code open}, {@code shedding}. */
    default String state() {
        return "ok";
    }

    /** What the layer did since it was made, by snake_case name; gauges and counters alike. */
    default Map<String, Long> counters() {
        return Map.of();
    }
}
