package io.marketbrain.model;

import java.util.List;

/**
 * The public description of a provider.
 *
 * @param reason why the provider runs in this mode
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
