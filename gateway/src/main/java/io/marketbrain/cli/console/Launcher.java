package io.marketbrain.cli.console;

import io.marketbrain.api.LocalApi;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.ProviderMode;
import java.util.List;
import java.util.function.Function;

/** How the command line gets a gateway: the one thing that the composition root gives to it. */
public interface Launcher {

    /**
     * A gateway that serves.
     *
     * @param port where it listens, also when a free port was asked for
     */
    record Running(int port, List<ProviderMode> providers) {
        public Running {
            providers = List.copyOf(providers);
        }
    }

    /** Starts a gateway that serves until the process is told to stop; throws CannotListen where it cannot. */
    Running serve(GatewayConfig config);

    /** Lets {@code use} ask a gateway that serves nobody else, and closes it. */
    <T> T locally(GatewayConfig config, Function<LocalApi, T> use);
}
