package io.marketbrain.facade;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings of the APIs of other programs; those that are not named have the defaults. Immutable. */
public record FacadesConfig(Map<FacadeName, FacadeConfig> byName) {
    public FacadesConfig {
        byName = Map.copyOf(byName);
        Map<String, FacadeName> hosts = new HashMap<>();
        byName.forEach((name, config) -> config.host()
                .filter(_ -> config.enabled())
                .ifPresent(host -> {
                    FacadeName other = hosts.put(host.toLowerCase(Locale.ROOT), name);
                    if (other != null) {
                        throw new IllegalArgumentException(
                                name.key() + ".host and " + other.key() + ".host must be different host names");
                    }
                }));
    }

    public static FacadesConfig defaults() {
        return new FacadesConfig(Map.of());
    }

    /** The host names of those that are served. */
    public List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        byName.values().stream()
                .filter(FacadeConfig::enabled)
                .forEach(config -> config.host().ifPresent(hosts::add));
        return hosts;
    }

    public FacadeConfig of(FacadeName name) {
        FacadeConfig configured = byName.get(name);
        return configured == null ? FacadeConfig.defaults(name) : configured;
    }
}
