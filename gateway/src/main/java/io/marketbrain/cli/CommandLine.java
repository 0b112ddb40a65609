package io.marketbrain.cli;

import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.config.Loading;
import io.marketbrain.provider.Descriptors;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The command line as a whole: which command it names and how it ends. */
public final class CommandLine {
    private CommandLine() {}

    /** Runs a command and returns its exit code; 0 while the gateway serves. */
    public static int run(String[] arguments, ToIntFunction<GatewayConfig> serve) {
        Optional<ServeArguments> plain = ServeArguments.find(arguments);
        if (plain.isEmpty()) {
            System.err.println(
                    "brain: use: brain [serve] [--port PORT] [--host HOST] [--config FILE] [--set KEY=VALUE]");
            return ExitCode.USAGE;
        }
        Path here = Path.of("").toAbsolutePath();
        String home = System.getenv("BRAIN_HOME");
        var inputs = new ConfigInputs(
                plain.get().flags(),
                plain.get().flagNames(),
                System.getenv(),
                here,
                home == null ? here : Path.of(home),
                plain.get().file());
        return switch (ConfigLoader.load(inputs, Descriptors.builtIn())) {
            case Loading.Loaded loaded -> {
                loaded.hints().forEach(System.err::println);
                yield serve.applyAsInt(loaded.config());
            }
            case Loading.Refused refused -> {
                refused.hints().forEach(System.err::println);
                refused.problems().forEach(System.err::println);
                yield ExitCode.USAGE;
            }
        };
    }
}
