package io.marketbrain;

import io.marketbrain.api.CannotListen;
import io.marketbrain.cli.CommandLine;
import io.marketbrain.cli.ExitCode;
import io.marketbrain.config.GatewayConfig;

/** The start of the process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int exitCode = CommandLine.run(args, Main::serve);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static int serve(GatewayConfig config) {
        Gateway gateway;
        try {
            gateway = new Gateway(config);
        } catch (CannotListen e) {
            System.err.println("brain: " + e.getMessage());
            return e.portTaken() ? ExitCode.PORT_IN_USE : ExitCode.FAILURE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
        System.out.println("Market Intel Brain on http://" + config.server().host() + ":" + gateway.port());
        return 0;
    }
}
