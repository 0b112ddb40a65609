package io.marketbrain;

import io.marketbrain.api.LocalApi;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.telemetry.HeapWatch;
import io.marketbrain.telemetry.log.GatewayLog;
import io.marketbrain.telemetry.log.LogConfig;
import java.time.InstantSource;
import java.util.function.Function;

/** The entry point of the process. */
public final class Main implements Launcher {
    public static void main(String[] args) {
        PlatformPreload.begin();
        int exitCode = Invocation.run(args, CommandContext.ofProcess(InstantSource.system()), new Main());
        if (exitCode != Invocation.SERVING) {
            System.exit(exitCode);
        }
    }

    @Override
    public Running serve(GatewayConfig config) {
        GatewayLog log = startLog(config, config.log());
        try {
            var gateway = new Gateway(config.within(Runtime.getRuntime().maxMemory()), log::counts);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway, log), "stop"));
            HeapWatch.ofProcess(System::nanoTime).start();
            return new Running(gateway.port(), gateway.facadeAddresses(), gateway.modesOfProviders());
        } catch (RuntimeException | Error failed) {
            log.close();
            throw failed;
        }
    }

    /** The log is closed last, so that it still receives what other parts log while stopping. */
    private static void stop(Gateway gateway, GatewayLog log) {
        try {
            gateway.close();
        } finally {
            log.close();
        }
    }

    /** Standard output is reserved for the command's result. */
    @Override
    public <T> T locally(GatewayConfig config, Function<LocalApi, T> use) {
        try (var log = startLog(config, config.log().with(LogConfig.Terminal.STDERR));
                var gateway = Gateway.withoutServer(config, log::counts)) {
            return use.apply(gateway.local());
        }
    }

    private static GatewayLog startLog(GatewayConfig config, LogConfig settings) {
        return GatewayLog.start(settings, new KnownSecrets(config.secrets())::redact, InstantSource.system());
    }
}
