package io.marketbrain.cli;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.cli.console.ServeArguments;
import io.marketbrain.cli.console.SettingsLoader;
import java.util.Optional;

/** One run of the command line, from the arguments to the exit code. */
public final class Invocation {
    /** Not an exit code: the gateway is serving and the process keeps running. */
    public static final int SERVING = -1;

    private Invocation() {}

    /** Runs a command and returns its exit code, or {@link #SERVING}. */
    public static int run(String[] arguments, CommandContext context, Launcher launcher) {
        Optional<ServeArguments> plain = ServeArguments.find(arguments);
        int code = plain.isPresent()
                ? SettingsLoader.with(context, plain.get(), loaded -> GatewayStarter.start(context, launcher, loaded))
                : Commands.run(arguments, context, launcher);
        return code == SERVING ? code : context.flushed(code);
    }
}
