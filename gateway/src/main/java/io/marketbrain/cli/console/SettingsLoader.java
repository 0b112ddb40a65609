package io.marketbrain.cli.console;

import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.provider.descriptor.Descriptors;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Loads the settings for a command line. */
public final class SettingsLoader {
    private SettingsLoader() {}

    public static ConfigResult load(CommandContext around, ServeArguments given) {
        return ConfigLoader.load(
                new ConfigInputs(
                        given.flags(),
                        given.flagNames(),
                        around.environment(),
                        around.workingDirectory(),
                        around.home(),
                        given.file()),
                Descriptors.builtIn());
    }

    /** Runs {@code command} with the settings; if they are invalid, prints why and returns 2. */
    public static int with(CommandContext around, ServeArguments given, ToIntFunction<ConfigResult.Loaded> command) {
        return switch (load(around, given)) {
            case ConfigResult.Loaded loaded -> {
                loaded.hints().forEach(hint -> around.err().println("brain: " + hint));
                yield command.applyAsInt(loaded);
            }
            case ConfigResult.Refused refused -> {
                refused.hints().forEach(hint -> around.err().println("brain: " + hint));
                refused.problems().forEach(problem -> around.err().println("brain: " + problem));
                yield ExitCode.USAGE;
            }
        };
    }

    public static Optional<String> version() {
        return Optional.ofNullable(SettingsLoader.class.getPackage().getImplementationVersion());
    }
}
