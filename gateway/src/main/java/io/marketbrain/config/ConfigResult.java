package io.marketbrain.config;

import java.util.List;

/** The result of reading the configuration. */
public sealed interface ConfigResult {

    /**
     * Every setting has a valid value.
     *
     * @param settings all settings with their effective values
     * @param hints likely typing mistakes among the names of other programs, one line each
     */
    record Loaded(GatewayConfig config, List<EffectiveSetting> settings, List<String> hints) implements ConfigResult {
        public Loaded {
            settings = List.copyOf(settings);
            hints = List.copyOf(hints);
        }
    }

    /**
     * At least one setting is invalid, so the gateway does not start.
     *
     * @param problems one line each: the place, the setting, what is wrong and what would be right
     */
    record Refused(List<String> problems, List<String> hints) implements ConfigResult {
        public Refused {
            problems = List.copyOf(problems);
            hints = List.copyOf(hints);
        }
    }
}
