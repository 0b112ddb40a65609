package io.marketbrain.cli;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.cli.console.ServeArguments;
import io.marketbrain.cli.console.SettingsLoader;
import java.util.Optional;

/** The command line as a whole: which command it names, and how that ends. */
public final class Invocation {
    /** Not an exit code: the gateway serves, and the process lives on. */
    public static final int SERVING = -1;

    private Invocation() {}

    /** Runs a command and returns its exit code, or {@link #SERVING}. */
    public static int run(String[] arguments, CommandContext around, Launcher launcher) {
        Optional<ServeArguments> plain = ServeArguments.find(arguments);
        return plain.isPresent()
                ? SettingsLoader.with(around, plain.get(), loaded -> GatewayStarter.start(around, launcher, loaded))
                : Commands.run(arguments, around, launcher);
    }
}
