package io.marketbrain.cli.rows;

import io.marketbrain.api.request.CacheDirectiveReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that request data: how long that may take, and how old cached data may be. */
public final class RequestOptions {
    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long a request may take: 0.1 to 60.")
    private @Nullable String timeout;

    @Option(
            names = "--max-age",
            paramLabel = "AGE",
            description = "The greatest accepted age of cached data, such as 5s or 1m.")
    private @Nullable String maxAge;

    /** Adds those that were given to the parameters of a request. */
    public void addTo(Map<String, String> query) {
        if (timeout != null) {
            query.put("timeout", timeout);
        }
        if (maxAge != null) {
            query.put(CacheDirectiveReader.PARAMETER, maxAge);
        }
    }
}
