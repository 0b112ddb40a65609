package io.marketbrain.cli.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that ask the gateway that runs on this machine. */
public final class ClientOptions extends ConfigOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "The port of the gateway to ask. (8000)")
    private @Nullable String port;

    @Option(names = "--host", paramLabel = "HOST", description = "The address of the gateway to ask. (127.0.0.1)")
    private @Nullable String host;

    @Override
    Map<String, String> own() {
        return withServer(host, port);
    }
}
