package io.marketbrain.model;

import java.util.List;

/**
 * The public description of a provider.
 *
 * @param assetTypes what kinds of instruments it has, the main one first
 * @param operations what callers can request of it
 * @param reason why it is in its mode
 */
public record ProviderInfo(
        ProviderId id,
        String name,
        String exchange,
        List<AssetType> assetTypes,
        Mode mode,
        String reason,
        List<Operation> operations,
        List<Interval> intervals,
        List<String> examples) {
    public ProviderInfo {
        assetTypes = List.copyOf(assetTypes);
        operations = List.copyOf(operations);
        intervals = List.copyOf(intervals);
        examples = List.copyOf(examples);
    }
}
