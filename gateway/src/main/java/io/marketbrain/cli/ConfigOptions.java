package io.marketbrain.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads the settings. */
class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Read this file instead of brain.yaml.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set any setting for this run, under its name in brain.yaml; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    ServeArguments given() {
        return new ServeArguments(settings, Optional.ofNullable(file));
    }
}
