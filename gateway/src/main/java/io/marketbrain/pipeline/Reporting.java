package io.marketbrain.pipeline;

import java.util.Map;

/** A part of the way of a request that tells what it is, how it is, and what it did. */
public interface Reporting {
    /** The part's name in explanations and reports: a noun in lower case. */
    String name();

    /** The state the part is in, in one lower-case word: {@code ok}, {@code open}, {@code shedding}. */
    default String state() {
        return "ok";
    }

    /** What the part did since it was made, by snake_case name; gauges and counters alike. */
    default Map<String, Long> counters() {
        return Map.of();
    }
}
