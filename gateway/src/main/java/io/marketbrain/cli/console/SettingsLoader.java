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

    public static ConfigResult load(CommandContext context, ServeArguments given) {
        return ConfigLoader.load(
                new ConfigInputs(
                        given.flags(),
                        given.flagNames(),
                        context.environment(),
                        context.workingDirectory(),
                        context.home(),
                        given.file()),
                Descriptors.builtIn());
    }

    /** Runs {@code command} with the settings; if they are invalid, prints why and returns 2. */
    public static int with(CommandContext context, ServeArguments given, ToIntFunction<ConfigResult.Loaded> command) {
        return switch (load(context, given)) {
            case ConfigResult.Loaded loaded -> {
                loaded.hints().forEach(hint -> context.err().println("brain: " + hint));
                yield command.applyAsInt(loaded);
            }
            case ConfigResult.Refused refused -> {
                refused.hints().forEach(hint -> context.err().println("brain: " + hint));
                refused.problems().forEach(problem -> context.err().println("brain: " + problem));
                yield ExitCode.USAGE;
            }
        };
    }

    public static Optional<String> version() {
        return Optional.ofNullable(SettingsLoader.class.getPackage().getImplementationVersion());
    }
}
