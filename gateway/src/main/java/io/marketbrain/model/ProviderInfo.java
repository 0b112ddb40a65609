package io.marketbrain.model;

import java.util.List;

/**
 * What a caller may know about a provider.
 *
 * @param reason why it is in its mode
 */
public record ProviderInfo(
        ProviderId id,
        String name,
        String exchange,
        AssetType assetType,
        Mode mode,
        String reason,
        List<Operation> operations,
        List<Interval> intervals,
        List<String> examples) {
    public ProviderInfo {
        operations = List.copyOf(operations);
        intervals = List.copyOf(intervals);
        examples = List.copyOf(examples);
    }
}
