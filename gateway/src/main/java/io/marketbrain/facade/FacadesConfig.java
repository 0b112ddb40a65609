package io.marketbrain.facade;

import java.util.Map;

/** The settings of the APIs of other programs; those that are not named have the defaults. Immutable. */
public record FacadesConfig(Map<FacadeName, FacadeConfig> byName) {
    public FacadesConfig {
        byName = Map.copyOf(byName);
    }

    public static FacadesConfig defaults() {
        return new FacadesConfig(Map.of());
    }

    public FacadeConfig of(FacadeName name) {
        FacadeConfig configured = byName.get(name);
        return configured == null ? FacadeConfig.defaults(name) : configured;
    }
}
