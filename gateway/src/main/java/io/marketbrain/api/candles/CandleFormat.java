package io.marketbrain.api.candles;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import java.util.Locale;

/** The output formats of candles. */
public enum CandleFormat {
    JSON("application/json"),
    CSV("text/csv"),
    NDJSON("application/x-ndjson");

    private final String mediaType;

    CandleFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    String contentType() {
        return this == CSV ? mediaType + "; charset=utf-8; header=present" : mediaType;
    }

    /** A writer for one response; JSON has none because it is not written line by line. */
    CandleWriter writer() {
        return switch (this) {
            case CSV -> new CandleCsvWriter();
            case NDJSON -> new CandleNdjsonWriter();
            case JSON -> throw new IllegalStateException("JSON is not written in lines");
        };
    }

    /** The {@code format} parameter if present, else the first known format in {@code Accept}, else JSON. */
    static CandleFormat of(Request request, Parameters parameters) throws RequestRejected {
        var named = parameters.find("format");
        if (named.isPresent()) {
            return switch (named.get()) {
                case "json" -> JSON;
                case "csv" -> CSV;
                case "ndjson" -> NDJSON;
                default ->
                    throw RequestRejected.invalid("format", EchoedText.of(named.get()), "one of json, csv, ndjson");
            };
        }
        String accept = request.findHeader("Accept").orElse("").toLowerCase(Locale.ROOT);
        CandleFormat first = JSON;
        int at = Integer.MAX_VALUE;
        for (CandleFormat format : values()) {
            int index = accept.indexOf(format.mediaType);
            if (index >= 0 && index < at) {
                first = format;
                at = index;
            }
        }
        return first;
    }
}
