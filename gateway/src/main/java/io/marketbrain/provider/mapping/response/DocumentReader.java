package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.CsvFormat;
import io.marketbrain.payload.CsvReader;
import io.marketbrain.payload.JsonPayloadNode;
import io.marketbrain.payload.NumberMarks;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PlaceWalker;
import io.marketbrain.payload.XmlReader;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import io.marketbrain.provider.descriptor.PayloadKind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Reads a body of one format within the limits of its payload.
 *
 * @param anyKind whether the body shows itself which format it has; a text that is neither XML nor JSON is CSV
 * @param form a name of the rules that read the document, which changes with them
 */
public record DocumentReader(PayloadKind kind, boolean anyKind, CsvFormat csv, Supplier<String> form) {

    /** Reads {@code csv} of a response: {@code {"separator": ";", "decimal_mark": ","}}. */
    public static DocumentReader read(
            PayloadKind kind, boolean anyKind, DescriptorObject response, Supplier<String> form) {
        if (!response.has("csv")) {
            return new DocumentReader(kind, anyKind, CsvFormat.USUAL, form);
        }
        if (kind != PayloadKind.CSV) {
            throw response.wrong("csv", "is for operations whose 'payload' is csv");
        }
        DescriptorObject json = response.object("csv");
        try {
            var format = new CsvFormat(
                    character(json, "separator", ','),
                    json.flag("header", true),
                    json.integer("preamble", 0, 100, 0),
                    json.findText("heading").orElse(""),
                    marks(json),
                    json.flag("final_newline", false),
                    json.flag("first_table", false),
                    json.findText("comment").orElse(""),
                    charset(json));
            json.end();
            return new DocumentReader(kind, anyKind, format, form);
        } catch (InvalidDescriptor e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw response.wrong("csv", "is not a format: " + e.getMessage());
        }
    }

    /** {@code decimal_mark} and {@code group_mark}. */
    static NumberMarks marks(DescriptorObject json) {
        char decimal = character(json, "decimal_mark", '.');
        char group = json.has("group_mark") ? character(json, "group_mark", ' ') : NumberMarks.NONE;
        if (decimal == group) {
            throw json.wrong("group_mark", "is the decimal mark");
        }
        return new NumberMarks(decimal, group);
    }

    private static Charset charset(DescriptorObject json) {
        try {
            return json.findText("charset").map(Charset::forName).orElse(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw json.wrong("charset", "is not a known encoding, such as windows-1252");
        }
    }

    private static char character(DescriptorObject json, String key, char fallback) {
        String text = json.findText(key).orElse(String.valueOf(fallback));
        if (text.length() != 1) {
            throw json.wrong(key, "must be one character");
        }
        return text.charAt(0);
    }

    public PayloadNode document(RawPayload raw) throws MalformedPayload {
        PayloadNode document = switch (anyKind ? kindOf(raw.body(), PayloadKind.CSV) : kind) {
            case JSON -> new JsonPayloadNode(raw.json());
            case CSV -> CsvReader.read(raw.body(), csv, raw.limits());
            case XML -> XmlReader.read(raw.body(), raw.limits());
        };
        raw.checkPlaces(form, () -> PlaceWalker.places(document));
        return document;
    }

    /** The document of a response that may be an error, which is JSON although the data is CSV. */
    public PayloadNode errorDocument(RawPayload raw) throws MalformedPayload {
        return kind == PayloadKind.CSV && kindOf(raw.body(), kind) == PayloadKind.JSON
                ? new JsonPayloadNode(raw.json())
                : document(raw);
    }

    private PayloadKind kindOf(byte[] body, PayloadKind other) {
        for (byte b : body) {
            switch (b) {
                case '<' -> {
                    return PayloadKind.XML;
                }
                case '{' -> {
                    return PayloadKind.JSON;
                }
                // White space and the bytes of a byte order mark.
                case ' ', '\t', '\r', '\n', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> {}
                default -> {
                    return other;
                }
            }
        }
        return kind;
    }
}
