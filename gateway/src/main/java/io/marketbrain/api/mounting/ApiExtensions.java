package io.marketbrain.api.mounting;

import io.marketbrain.alerts.AlertAccess;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is served beside our own API.
 *
 * @param mounts APIs of other shapes, each below its prefix
 * @param simulated makes the market of the time machine for a clock; empty if there is no time machine
 * @param alerts the alerts of the gateway; empty if it keeps none
 */
public record ApiExtensions(
        List<MountPoint> mounts,
        Optional<Function<InstantSource, SimulatedMarket>> simulated,
        Optional<AlertAccess> alerts) {
    public static final ApiExtensions NONE = new ApiExtensions(List.of(), Optional.empty(), Optional.empty());

    public ApiExtensions {
        mounts = List.copyOf(mounts);
    }

    public ApiExtensions with(AlertAccess kept) {
        return new ApiExtensions(mounts, simulated, Optional.of(kept));
    }
}
