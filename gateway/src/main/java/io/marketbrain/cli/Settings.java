package io.marketbrain.cli;

import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.Loading;
import io.marketbrain.provider.Descriptors;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The way from a command line to the settings that hold for it. */
final class Settings {
    private Settings() {}

    static Loading load(Surroundings around, ServeArguments given) {
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

    /** What {@code command} makes of the settings; where they are wrong, says so and ends with 2. */
    static int with(Surroundings around, ServeArguments given, ToIntFunction<Loading.Loaded> command) {
        return switch (load(around, given)) {
            case Loading.Loaded loaded -> {
                loaded.hints().forEach(hint -> around.err().println("brain: " + hint));
                yield command.applyAsInt(loaded);
            }
            case Loading.Refused refused -> {
                refused.hints().forEach(hint -> around.err().println("brain: " + hint));
                refused.problems().forEach(problem -> around.err().println("brain: " + problem));
                yield ExitCode.USAGE;
            }
        };
    }

    static Optional<String> version() {
        return Optional.ofNullable(Settings.class.getPackage().getImplementationVersion());
    }
}
