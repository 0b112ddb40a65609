package io.marketbrain.api;

import java.util.Locale;

/** The forms in which candles are written. */
enum CandleFormat {
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

    /** What writes one response in lines; JSON has none. */
    CandleWriter writer() {
        return switch (this) {
            case CSV -> new CandleCsvWriter();
            case NDJSON -> new CandleNdjsonWriter();
            case JSON -> throw new IllegalStateException("JSON is not written in lines");
        };
    }

    /** What {@code format=} says, else the first known form that {@code Accept} names, else JSON. */
    static CandleFormat of(Request request, Parameters parameters) throws Rejected {
        var named = parameters.find("format");
        if (named.isPresent()) {
            return switch (named.get()) {
                case "json" -> JSON;
                case "csv" -> CSV;
                case "ndjson" -> NDJSON;
                default -> throw Rejected.invalid("format", EchoedText.of(named.get()), "one of json, csv, ndjson");
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
