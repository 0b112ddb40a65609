package io.marketbrain.config;

import java.util.List;

/** The result of reading the configuration. */
public sealed interface ConfigResult {

    /**
     * Every setting has a valid value.
     *
     * @param settings the whole catalogue with what holds
     * @param hints what looks like a slip but belongs to others, one line each
     */
    record Loaded(GatewayConfig config, List<EffectiveSetting> settings, List<String> hints) implements ConfigResult {
        public Loaded {
            settings = List.copyOf(settings);
            hints = List.copyOf(hints);
        }
    }

    /**
     * At least one setting is wrong, so that nothing starts.
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
