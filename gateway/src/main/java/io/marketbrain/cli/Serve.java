package io.marketbrain.cli;

import io.marketbrain.api.CannotListen;
import io.marketbrain.config.Loading;

/** The command that starts the gateway. */
final class Serve {
    private Serve() {}

    /** The exit code, or {@link Invocation#SERVING} where the gateway runs. */
    static int start(Surroundings around, Launcher launcher, Loading.Loaded loaded) {
        try {
            Launcher.Running running = launcher.serve(loaded.config());
            around.out().print(Banner.of(loaded, running));
            around.out().flush();
            return Invocation.SERVING;
        } catch (CannotListen e) {
            around.err().println("brain: " + e.getMessage());
            return e.portTaken() ? ExitCode.PORT_IN_USE : ExitCode.FAILURE;
        }
    }
}
