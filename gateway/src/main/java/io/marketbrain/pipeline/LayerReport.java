package io.marketbrain.pipeline;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one layer says about itself and what was seen of it from outside.
 *
 * @param stack the stack it belongs to: {@code request}, or a provider's id
 * @param entered how many requests entered it, counted by the stack, not by the layer
 * @param failed how many of those left it without an answer
 */
public record LayerReport(
        String stack, String name, String state, long entered, long failed, Map<String, Long> counters) {
    public LayerReport {
        counters = java.util.Collections.unmodifiableMap(new TreeMap<>(counters));
    }
}
