package io.marketbrain.cli;

import io.marketbrain.api.BindFailure;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.files.FileRefused;
import io.marketbrain.telemetry.ControlGroupReader;
import io.marketbrain.telemetry.MemoryLimitPolicy;
import java.util.Optional;

/** The command that starts the gateway. */
final class GatewayStarter {
    private GatewayStarter() {}

    /** The exit code, or {@link Invocation#SERVING} where the gateway runs. */
    static int start(CommandContext context, Launcher launcher, ConfigResult.Loaded loaded) {
        Optional<String> refusal = MemoryLimitPolicy.refusal(new ControlGroupReader().findMemoryLimit());
        if (refusal.isPresent()) {
            context.err().println("brain: " + refusal.get());
            return ExitCode.USAGE;
        }
        try {
            Launcher.Running running = launcher.serve(loaded.config());
            context.out().print(Banner.of(loaded, running));
            context.out().flush();
            return Invocation.SERVING;
        } catch (FileRefused e) {
            context.err().println("brain: " + e.getMessage());
            return ExitCode.USAGE;
        } catch (BindFailure e) {
            context.err().println("brain: " + e.getMessage());
            return e.portTaken() ? ExitCode.PORT_IN_USE : ExitCode.FAILURE;
        }
    }
}
