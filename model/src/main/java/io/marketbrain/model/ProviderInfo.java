package io.marketbrain.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public description of a provider.
 *
 * @param assetTypes what kinds of instruments it has, the main one first
 * @param operations what callers can request of it
 * @param reason why it is in its mode
 * @param seriesKinds the kinds of series about instruments that it has, as in their ids
 * @param seriesNowOnly those of which a request without a range gets only the value of now
 * @param about what its descriptor tells readers
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
        List<String> seriesKinds,
        List<String> seriesNowOnly,
        List<String> examples,
        About about) {

    /**
     * What a descriptor tells readers.
     *
     * @param documentation the address of the documentation of the provider's API; null if none is named
     * @param terms the address of its terms of use; null if none is named
     * @param notes what a user should know, such as free quotas and what is not offered; null if there is nothing
     */
    public record About(
            @Nullable String documentation,
            @Nullable String terms,
            @Nullable String notes) {
        public static final About NONE = new About(null, null, null);
    }

    public ProviderInfo {
        assetTypes = List.copyOf(assetTypes);
        operations = List.copyOf(operations);
        intervals = List.copyOf(intervals);
        seriesKinds = List.copyOf(seriesKinds);
        seriesNowOnly = List.copyOf(seriesNowOnly);
        examples = List.copyOf(examples);
    }
}
