package io.marketbrain;

import io.marketbrain.api.LocalApi;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.Launcher;
import io.marketbrain.cli.Surroundings;
import io.marketbrain.config.GatewayConfig;
import java.time.InstantSource;
import java.util.function.Function;

/** The start of the process. */
public final class Main implements Launcher {
    Main() {}

    public static void main(String[] args) {
        int exitCode = Invocation.run(args, Surroundings.ofProcess(InstantSource.system()), new Main());
        if (exitCode != Invocation.SERVING) {
            System.exit(exitCode);
        }
    }

    @Override
    public Running serve(GatewayConfig config) {
        var gateway = new Gateway(config);
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
        return new Running(gateway.port(), gateway.providers());
    }

    @Override
    public <T> T locally(GatewayConfig config, Function<LocalApi, T> use) {
        try (var gateway = Gateway.withoutServer(config)) {
            return use.apply(gateway.local());
        }
    }
}
