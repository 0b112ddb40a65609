package io.marketbrain.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.fuzz.MutationFuzzer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JSON reader, fed with mutated documents: a value or {@link MalformedPayload}, within memory in proportion to the input. */
public class JsonReaderFuzzTest {
    private static final PayloadLimits LIMITS =
            new PayloadLimits(1 << 20, 1 << 20, 4000, 40, 200, 2000, 100, 400, 500, 1);
    private static final List<byte[]> DICTIONARY = Stream.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "\\udc00",
                    "\\u00e9",
                    "\\x",
                    "null",
                    "true",
                    "false",
                    "NaN",
                    "Infinity",
                    "-",
                    "+",
                    "0",
                    "00",
                    "1e",
                    "1e999999999",
                    "1e-999999999",
                    "0.",
                    ".5",
                    "-0",
                    "\"a\":",
                    "\"symbols\":[",
                    "{\"a\":1}",
                    "[[],[]]",
                    "//",
                    "/*",
                    "\ufeff",
                    "\u00c3\u00a9",
                    "\u00c0\u0080",
                    "\u00ed\u00a0\u0080",
                    "\u00f4\u0090\u0080\u0080",
                    " ",
                    "\n",
                    "\0",
                    "12345678901234567890")
            .map(text -> text.getBytes(ISO_8859_1))
            .toList();

    @Test
    @Timeout(3600)
    void every_input_is_a_value_or_malformed() throws IOException {
        int outcomes = new MutationFuzzer("json", DICTIONARY).run(JsonReaderFuzzTest::read, 1 << 20, 500);
        assertThat(outcomes).isGreaterThan(40);
    }

    /** What {@code bench/fuzz.sh} calls with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        read(input);
    }

    private static String read(byte[] input) {
        String outcome;
        try {
            var shape = new StringBuilder();
            visit(JsonValue.parse(input, LIMITS), shape);
            outcome = shape.length() < 60 ? shape.toString() : shape.substring(0, 60);
        } catch (MalformedPayload malformed) {
            outcome = withoutDigits(malformed);
        }
        try {
            var count = new int[1];
            JsonValue.forEach(input, LIMITS, "symbols", _ -> count[0]++);
            return outcome + " listed " + Math.min(count[0], 3);
        } catch (MalformedPayload malformed) {
            return outcome + " / " + withoutDigits(malformed);
        }
    }

    private static String withoutDigits(MalformedPayload malformed) {
        String message =
                String.valueOf(malformed.getMessage()).replaceAll("[0-9]+", "#").replaceAll("'.*'", "''");
        return message.substring(0, Math.min(message.length(), 80));
    }

    /** Reads every value in every way that its type offers. */
    private static void visit(JsonValue value, StringBuilder shape) throws MalformedPayload {
        if (value.isArray()) {
            shape.append('[');
            for (JsonValue item : value.items()) {
                visit(item, shape);
            }
            shape.append(']');
        } else if (value.isText()) {
            shape.append(value.text().isEmpty() ? 'e' : 't');
        } else {
            shape.append(shapeOfOther(value));
        }
    }

    private static String shapeOfOther(JsonValue value) throws MalformedPayload {
        try {
            return value.decimal().signum() < 0 ? "-" : "n";
        } catch (MalformedPayload notANumber) {
            // an object, a constant, or a number that is out of range
        }
        try {
            var shape = new StringBuilder("{");
            for (var member : value.members().entrySet()) {
                visit(member.getValue(), shape);
            }
            return shape.append('}').toString();
        } catch (MalformedPayload notAnObject) {
            return "c";
        }
    }
}
