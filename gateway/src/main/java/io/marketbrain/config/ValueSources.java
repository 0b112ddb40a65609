package io.marketbrain.config;

import io.marketbrain.security.Secret;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sources of values in order of precedence: flags, the environment, {@code .env}, encrypted
 * credentials, {@code brain.yaml}. A value that
 * is empty, or a placeholder for a credential, counts as not set. Immutable.
 *
 * @param envFileName the {@code .env} file's name in messages
 * @param secrets credentials by their name in the environment
 * @param yamlFileName the {@code brain.yaml} file's name in messages
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

    /** Sources without encrypted credentials. */
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

    /** The same sources with encrypted credentials. */
    ValueSources withSecrets(Map<String, String> decrypted) {
        return new ValueSources(flags, flagNames, environment, envFileName, envFile, decrypted, yamlFileName, yamlFile);
    }

    /** A text and where it was found. */
    record Found(String text, Origin origin) {}

    static final ValueSources NONE =
            new ValueSources(Map.of(), Map.of(), Map.of(), ".env", EnvFile.EMPTY, "brain.yaml", YamlFile.EMPTY);

    /** The value of a setting from the source of highest precedence; within one source, its present name comes before its old one. */
    Optional<Found> find(Setting setting) {
        String old = RenamedSettings.OLD_KEYS.get(setting.key());
        for (Origin.Kind place : Origin.Kind.values()) {
            Optional<Found> found = find(setting, place, setting.key(), setting.environmentName());
            if (found.isEmpty() && old != null) {
                found = find(setting, place, old, SettingsReader.environmentName(old));
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Found> find(Setting setting, Origin.Kind kind, String key, String name) {
        return switch (kind) {
            case FLAG -> found(setting, flags.get(key), kind, flagNames.getOrDefault(key, "--set " + key), key);
            case ENVIRONMENT -> found(setting, environment.get(name), kind, "environment", name);
            case ENV_FILE -> {
                EnvFile.Line line = envFile.lines().get(name);
                yield line == null
                        ? Optional.empty()
                        : found(setting, line.value(), kind, envFileName + ":" + line.number(), name);
            }
            case SECRETS ->
                setting.secret() ? found(setting, secrets.get(name), kind, "brain secrets", name) : Optional.empty();
            case FILE -> {
                YamlFile.Entry entry = yamlFile.values().get(key);
                yield entry == null
                        ? Optional.empty()
                        : found(setting, entry.text(), kind, yamlFileName + ":" + entry.line(), key);
            }
            case DEFAULT -> Optional.empty();
        };
    }

    /** A hint for every value that is set under the old name of a setting. */
    List<String> hintsAtOldNames() {
        var hints = new ArrayList<String>();
        new TreeMap<>(RenamedSettings.OLD_KEYS).forEach((key, old) -> {
            String name = SettingsReader.environmentName(key);
            String oldName = SettingsReader.environmentName(old);
            if (flags.containsKey(old)) {
                hints.add(hint("--set " + old, old, key, flags.containsKey(key)));
            }
            if (environment.containsKey(oldName)) {
                hints.add(hint("environment", oldName, name, environment.containsKey(name)));
            }
            EnvFile.Line line = envFile.lines().get(oldName);
            if (line != null) {
                hints.add(hint(
                        envFileName + ":" + line.number(),
                        oldName,
                        name,
                        envFile.lines().containsKey(name)));
            }
            YamlFile.Entry entry = yamlFile.values().get(old);
            if (entry != null) {
                hints.add(hint(
                        yamlFileName + ":" + entry.line(),
                        old,
                        key,
                        yamlFile.values().containsKey(key)));
            }
        });
        return hints;
    }

    private static String hint(String place, String old, String name, boolean both) {
        return place + ": " + old + " is the old name of " + name
                + (both ? " and ignored, because that is set too; remove it" : " and still works; rename it");
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

    private static Optional<Found> found(
            Setting setting, @Nullable String text, Origin.Kind kind, String place, String name) {
        return text == null || !isThere(text, setting)
                ? Optional.empty()
                : Optional.of(new Found(text.strip(), new Origin(kind, place, name)));
    }
}
