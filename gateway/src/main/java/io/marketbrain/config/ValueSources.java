package io.marketbrain.config;

import io.marketbrain.security.Secret;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where values come from, the strongest first: flags, the environment, {@code .env}, encrypted
 * credentials, {@code brain.yaml}. A value that
 * is empty, or a placeholder for a credential, is not there. Immutable.
 *
 * @param envFileName how to name the {@code .env} file to a person
 * @param secrets credentials by their name in the environment
 * @param yamlFileName how to name the {@code brain.yaml} file to a person
 */
record ValueSources(
        Map<String, String> flags,
        Map<String, String> flagNames,
        Map<String, String> environment,
        String envFileName,
        EnvFile envFile,
        Map<String, String> secrets,
        String yamlFileName,
        YamlFile yamlFile) {

    /** Those without encrypted credentials. */
    ValueSources(
            Map<String, String> flags,
            Map<String, String> flagNames,
            Map<String, String> environment,
            String envFileName,
            EnvFile envFile,
            String yamlFileName,
            YamlFile yamlFile) {
        this(flags, flagNames, environment, envFileName, envFile, Map.of(), yamlFileName, yamlFile);
    }

    /** The same with encrypted credentials. */
    ValueSources withSecrets(Map<String, String> decrypted) {
        return new ValueSources(flags, flagNames, environment, envFileName, envFile, decrypted, yamlFileName, yamlFile);
    }

    /** A text and where it was found. */
    record Found(String text, Origin origin) {}

    static final ValueSources NONE =
            new ValueSources(Map.of(), Map.of(), Map.of(), ".env", EnvFile.EMPTY, "brain.yaml", YamlFile.EMPTY);

    Optional<Found> find(Setting setting) {
        String key = setting.key();
        String flag = flags.get(key);
        if (flag != null && isThere(flag, setting)) {
            String name = flagNames.getOrDefault(key, "--set " + key);
            return found(flag, Origin.Kind.FLAG, name, key);
        }
        String name = setting.environmentName();
        String variable = environment.get(name);
        if (variable != null && isThere(variable, setting)) {
            return found(variable, Origin.Kind.ENVIRONMENT, "environment", name);
        }
        EnvFile.Line line = envFile.lines().get(name);
        if (line != null && isThere(line.value(), setting)) {
            return found(line.value(), Origin.Kind.ENV_FILE, envFileName + ":" + line.number(), name);
        }
        String secret = secrets.get(name);
        if (secret != null && setting.secret() && isThere(secret, setting)) {
            return found(secret, Origin.Kind.SECRETS, "brain secrets", name);
        }
        YamlFile.Entry entry = yamlFile.values().get(key);
        if (entry != null && isThere(entry.text(), setting)) {
            return found(entry.text(), Origin.Kind.FILE, yamlFileName + ":" + entry.line(), key);
        }
        return Optional.empty();
    }

    /** The names directly below {@code key} in the file or the flags, in their order. */
    Set<String> namesBelow(String key) {
        Set<String> names = new LinkedHashSet<>();
        int depth = (int) key.chars().filter(c -> c == '.').count() + 1;
        yamlFile.values().forEach((full, entry) -> {
            if (full.startsWith(key + ".")) {
                List<String> path = entry.path();
                boolean nested = path.size() > depth
                        && String.join(".", path.subList(0, depth)).equals(key);
                names.add(nested ? path.get(depth) : firstPart(full.substring(key.length() + 1)));
            }
        });
        flags.keySet().stream()
                .filter(full -> full.startsWith(key + "."))
                .forEach(full -> names.add(firstPart(full.substring(key.length() + 1))));
        return names;
    }

    private static String firstPart(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }

    private static boolean isThere(String text, Setting setting) {
        return !text.isBlank() && !(setting.secret() && Secret.isPlaceholder(text));
    }

    private static Optional<Found> found(String text, Origin.Kind kind, String place, String name) {
        return Optional.of(new Found(text.strip(), new Origin(kind, place, name)));
    }
}
