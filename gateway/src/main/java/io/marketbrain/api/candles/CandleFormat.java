package io.marketbrain.api.candles;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import java.util.Arrays;
import java.util.Optional;

/** The output formats of candles. */
public enum CandleFormat {
    JSON("application/json"),
    CSV("text/csv"),
    /** CSV whose times spreadsheets read as dates; only on request. */
    EXCEL("text/csv"),
    NDJSON("application/x-ndjson"),
    /** A chart. */
    SVG("image/svg+xml");

    private final String mediaType;

    CandleFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    boolean isCsv() {
        return this == CSV || this == EXCEL;
    }

    String contentType() {
        return isCsv() ? mediaType + "; charset=utf-8; header=present" : mediaType;
    }

    /** Whether the format is written line by line, so that a whole range can be streamed. */
    boolean hasLines() {
        return this != JSON && this != SVG;
    }

    /**
     * A writer for one response; a format without lines has none.
     *
     * @param times the form of times that CSV is to have; empty for that of the format
     */
    CandleWriter writer(Optional<CsvTime> times) {
        return switch (this) {
            case CSV -> new CandleCsvWriter(times.orElse(CsvTime.RFC3339));
            case EXCEL -> new CandleCsvWriter(times.orElse(CsvTime.EXCEL));
            case NDJSON -> new CandleNdjsonWriter();
            case JSON, SVG -> throw new IllegalStateException(this + " is not written in lines");
        };
    }

    /** The form of times that was asked for, which only CSV has a choice of. */
    static Optional<CsvTime> times(CandleFormat format, Parameters parameters) throws RequestRejected {
        Optional<CsvTime> times = CsvTime.find(parameters);
        if (times.isPresent() && !format.isCsv()) {
            throw RequestRejected.invalid(
                    CsvTime.PARAMETER,
                    parameters.find(CsvTime.PARAMETER).orElse(""),
                    "only with format=csv or format=excel");
        }
        return times;
    }

    /** The {@code format} parameter if present, else CSV if times have a form, else the one that {@code Accept} prefers, else JSON. */
    static CandleFormat of(Request request, Parameters parameters) throws RequestRejected {
        var named = parameters.find("format");
        if (named.isPresent()) {
            return switch (named.get()) {
                case "json" -> JSON;
                case "csv" -> CSV;
                case "excel" -> EXCEL;
                case "ndjson" -> NDJSON;
                case "svg" -> SVG;
                default ->
                    throw RequestRejected.invalid(
                            "format", EchoedText.of(named.get()), "one of json, csv, excel, ndjson, svg");
            };
        }
        if (parameters.find(CsvTime.PARAMETER).isPresent()) {
            return CSV;
        }
        String accepted = request.accept()
                .best(Arrays.stream(values())
                        .map(CandleFormat::mediaType)
                        .distinct()
                        .toList());
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(accepted))
                .findFirst()
                .orElse(JSON);
    }
}
