package io.marketbrain.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve}, which are those of {@code brain} alone, too. */
final class ServeOptions extends ConfigOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "Listen on this port; 0 picks a free one.")
    private @Nullable String port;

    @Option(names = "--host", paramLabel = "HOST", description = "Listen on this address.")
    private @Nullable String host;

    @Override
    ServeArguments given() {
        Map<String, String> flags = new LinkedHashMap<>(super.given().flags());
        if (port != null) {
            flags.put("server.port", port);
        }
        if (host != null) {
            flags.put("server.host", host);
        }
        return new ServeArguments(flags, super.given().file());
    }
}
