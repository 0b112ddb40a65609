package io.marketbrain.api.request;

import io.marketbrain.api.rendering.EchoedText;
import java.util.List;

/** The choice between JSON and CSV on paths that offer both. Pure. */
public final class RequestedFormat {
    private static final String CSV = "text/csv";

    private RequestedFormat() {}

    /** Whether the {@code format} parameter, or without it the weights of {@code Accept}, ask for CSV. */
    public static boolean isCsv(Request request, Parameters parameters) throws RequestRejected {
        var named = parameters.find("format");
        if (named.isEmpty()) {
            return request.accept().best(List.of("application/json", CSV)).equals(CSV);
        }
        return switch (named.get()) {
            case "csv" -> true;
            case "json" -> false;
            default -> throw RequestRejected.invalid("format", EchoedText.of(named.get()), "one of json, csv");
        };
    }
}
