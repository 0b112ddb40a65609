package io.marketbrain.cli.console;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options of every command that reads the settings. They may also stand before the command ({@code brain --set … quote
 * …}); those after it take precedence.
 */
public class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Read this file instead of brain.yaml.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set any setting for this run, under its name in brain.yaml; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** The options given here and before the command. */
    public final ServeArguments given() {
        ServeArguments before = command == null
                ? NOTHING
                : of(command.parent()).map(ConfigOptions::given).orElse(NOTHING);
        Map<String, String> flags = new LinkedHashMap<>(before.flags());
        flags.putAll(own());
        return new ServeArguments(flags, file == null ? before.file() : Optional.of(file));
    }

    private static final ServeArguments NOTHING = new ServeArguments(Map.of(), Optional.empty());

    /** The settings given here, by key. */
    Map<String, String> own() {
        return settings;
    }

    /** The settings given here and the address of a server, as far as it is given. */
    final Map<String, String> withServer(@Nullable String host, @Nullable String port) {
        Map<String, String> flags = new LinkedHashMap<>(settings);
        if (port != null) {
            flags.put("server.port", port);
        }
        if (host != null) {
            flags.put("server.host", host);
        }
        return flags;
    }

    public boolean isEmpty() {
        return file == null && own().isEmpty();
    }

    /** The options of a command, if it has any. */
    public static Optional<ConfigOptions> of(@Nullable CommandSpec command) {
        return command == null
                ? Optional.empty()
                : command.mixins().values().stream()
                        .map(CommandSpec::userObject)
                        .filter(ConfigOptions.class::isInstance)
                        .map(ConfigOptions.class::cast)
                        .findFirst();
    }
}
