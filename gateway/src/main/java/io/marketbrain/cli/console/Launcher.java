package io.marketbrain.cli.console;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.mounting.MountAddress;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.ProviderMode;
import java.util.List;
import java.util.function.Function;

/** Starts gateways for the command line; implemented by the composition root. */
public interface Launcher {

    /**
     * A running gateway.
     *
     * @param port the port that it listens on, also if a free one was requested
     * @param facades the ports and host names of the APIs of other programs
     */
    record Running(int port, List<MountAddress> facades, List<ProviderMode> providers) {
        public Running {
            facades = List.copyOf(facades);
            providers = List.copyOf(providers);
        }
    }

    /** Starts a gateway that serves until the process is stopped; throws {@link io.marketbrain.api.BindFailure} if it cannot listen. */
    Running serve(GatewayConfig config);

    /** Starts a gateway inside this process for {@code use} and closes it afterwards. */
    <T> T locally(GatewayConfig config, Function<LocalApi, T> use);
}
