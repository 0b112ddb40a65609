package io.marketbrain.cli.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that serve, or look at the settings that a gateway would serve with. */
public final class ServeOptions extends ConfigOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on; 0 picks a free one. (8000)")
    private @Nullable String port;

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on. (127.0.0.1)")
    private @Nullable String host;

    @Override
    Map<String, String> own() {
        return withServer(host, port);
    }
}
