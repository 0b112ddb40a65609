package io.marketbrain.cli.candles;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the API's NDJSON as one JSON document with the members of a page: {@code data.candles}, {@code data.gaps} and the
 * source. A document that is not complete is cut, so that no reader takes it for complete.
 */
public final class CandleJsonOutput implements CandleOutput {
    private static final String TRAILER = "{\"trailer\":";

    private final PrintStream out;
    private long rows;
    private String trailer = "";

    public CandleJsonOutput(PrintStream out) {
        this.out = out;
    }

    @Override
    public void line(String line) {
        if (line.startsWith(TRAILER)) {
            trailer = line;
        } else {
            out.append(rows++ == 0 ? "{\"data\":{\"candles\":[\n" : ",\n").append(line);
        }
    }

    @Override
    public void end() throws IOException {
        try {
            JsonValue end = JsonValue.parse(trailer.getBytes(StandardCharsets.UTF_8));
            out.append(rows == 0 ? "{\"data\":{\"candles\":[" : "")
                    .append("],")
                    .append(members(data(end)))
                    .append("},")
                    .append(members(source(end)))
                    .append("}\n");
        } catch (MalformedPayload e) {
            throw new IOException("the API returned unexpected JSON: " + e.getMessage(), e);
        }
    }

    private static byte[] data(JsonValue end) throws MalformedPayload {
        var gaps = end.at("gaps").items();
        String instrument = end.at("instrument").text();
        String interval = end.at("interval").text();
        String source = end.at("source").text();
        return JsonDocument.object(json -> json.objects("gaps", gaps, CandleJsonOutput::writeGap)
                .put("instrument", instrument)
                .put("interval", interval)
                .put("source", source));
    }

    private static byte[] source(JsonValue end) throws MalformedPayload {
        String provider = end.at("provider").text();
        boolean mock = end.at("mock").bool();
        String reason =
                end.find("mock_reason").isPresent() ? end.at("mock_reason").text() : null;
        String mode = end.find("mode").isPresent() ? end.at("mode").text() : null;
        return JsonDocument.object(json -> {
            json.put("success", true)
                    .put("provider", provider)
                    .put("mock", mock)
                    .put("mock_reason", reason);
            if (mode != null) {
                json.put("mode", mode);
            }
        });
    }

    private static void writeGap(JsonDocument json, JsonValue gap) {
        try {
            json.put("from", gap.at("from").text())
                    .put("to", gap.at("to").text())
                    .put("missing", gap.at("missing").integer());
        } catch (MalformedPayload e) {
            throw new IllegalStateException("the API returned unexpected JSON: " + e.getMessage(), e);
        }
    }

    /** The members of an object, without its braces. */
    private static String members(byte[] object) {
        return new String(object, 1, object.length - 2, StandardCharsets.UTF_8);
    }
}
