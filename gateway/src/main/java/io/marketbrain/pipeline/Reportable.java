package io.marketbrain.pipeline;

import java.util.Map;

/** A component that requests pass through and that reports its name, state and counters. */
public interface Reportable {
    /** The component's name in explanations and reports: a noun in lower case. */
    String name();

    /** The state of the component, in one lower-case word: {@code ok}, {@code open}, {@code shedding}. */
    default String state() {
        return "ok";
    }

    /** The component's counters and gauges since it was created, by snake_case name. */
    default Map<String, Long> counters() {
        return Map.of();
    }
}
