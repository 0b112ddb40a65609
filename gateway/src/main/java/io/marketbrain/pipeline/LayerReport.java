package io.marketbrain.pipeline;

import java.util.Map;
import java.util.TreeMap;

/**
 * The state and counters of one layer, as reported by the layer and as counted by the stack around it.
 *
 * @param stack the stack it belongs to: {@code request}, or a provider's id
 * @param entered how many requests entered it, counted by the stack, not by the layer
 * @param failed how many of those left it with a failure
 */
public record LayerReport(
        String stack, String name, String state, long entered, long failed, Map<String, Long> counters) {
    public LayerReport {
        counters = java.util.Collections.unmodifiableMap(new TreeMap<>(counters));
    }
}
