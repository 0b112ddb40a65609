package io.marketbrain.cli.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that start or call a gateway on this machine. */
public final class ServeOptions extends ConfigOptions {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port of the gateway; when serving, 0 picks a free one.")
    private @Nullable String port;

    @Option(names = "--host", paramLabel = "HOST", description = "The address that the gateway listens on.")
    private @Nullable String host;

    @Override
    Map<String, String> own() {
        Map<String, String> flags = new LinkedHashMap<>(super.own());
        if (port != null) {
            flags.put("server.port", port);
        }
        if (host != null) {
            flags.put("server.host", host);
        }
        return flags;
    }
}
