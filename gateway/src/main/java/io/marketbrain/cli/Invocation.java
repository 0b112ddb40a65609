package io.marketbrain.cli;

import java.util.Optional;

/** The command line as a whole: which command it names, and how that ends. */
public final class Invocation {
    /** Not an exit code: the gateway serves, and the process lives on. */
    public static final int SERVING = -1;

    private Invocation() {}

    /** Runs a command and returns its exit code, or {@link #SERVING}. */
    public static int run(String[] arguments, Surroundings around, Launcher launcher) {
        Optional<ServeArguments> plain = ServeArguments.find(arguments);
        return plain.isPresent()
                ? Settings.with(around, plain.get(), loaded -> Serve.start(around, launcher, loaded))
                : Commands.run(arguments, around, launcher);
    }
}
