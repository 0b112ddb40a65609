package io.marketbrain.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The sources of a configuration.
 *
 * @param flags values from the command line by key, the strongest
 * @param flagNames what the flag of a key is called, such as {@code --port}; {@code --set} where it is not listed
 * @param environment the variables of the process
 * @param workingDirectory where {@code .env} and {@code brain.yaml} are looked for first
 * @param home where they are looked for next, and the base of relative paths: the folder of the {@code brain} command
 * @param file the file that {@code --config} names, instead of {@code brain.yaml}
 */
public record ConfigInputs(
        Map<String, String> flags,
        Map<String, String> flagNames,
        Map<String, String> environment,
        Path workingDirectory,
        Path home,
        Optional<Path> file) {
    public ConfigInputs {
        flags = Map.copyOf(flags);
        flagNames = Map.copyOf(flagNames);
        environment = withProxyNames(environment);
    }

    /** The variables, and those of proxies under their upper-case names where only the lower-case ones are set. */
    private static Map<String, String> withProxyNames(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        for (String name : List.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")) {
            String lower = variables.get(name.toLowerCase(Locale.ROOT));
            if (lower != null && variables.getOrDefault(name, "").isBlank()) {
                all.put(name, lower);
            }
        }
        return Map.copyOf(all);
    }
}
