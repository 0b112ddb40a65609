package io.marketbrain.json;

import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The alternative to {@link JsonReader}: the library's parser driven in a loop, its positions written onto a tape, and as strict. */
final class JacksonTape {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JacksonTape() {}

    /** What the library leaves unchecked of a text that is not read: its UTF-8, its surrogates and its length. */
    private static void check(byte[] body, int from) {
        int at = from;
        while (body[at] != '"') {
            byte b = body[at];
            int length = b == '\\' ? JsonText.escapeLength(body, at) : b < 0 ? JsonText.sequenceLength(body, at) : 1;
            if (length == 0 || at - from > 65_536) {
                throw new IllegalStateException("not valid");
            }
            at += length;
        }
    }

    static int[] read(byte[] body) {
        int[] nodes = new int[Math.max(16, body.length / 6)];
        int[] open = new int[64];
        int depth = 0;
        int size = 0;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (nodes.length - size < 2) {
                    nodes = Arrays.copyOf(nodes, nodes.length + (nodes.length >> 1));
                }
                if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                    nodes[open[--depth] + 1] = size;
                    continue;
                }
                if (depth > 0) {
                    nodes[open[depth - 1]]++;
                }
                int at = (int) parser.currentTokenLocation().getByteOffset();
                if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                    open[depth++] = size;
                    nodes[size] = token.ordinal() << 28;
                    size += 2;
                } else {
                    nodes[size++] = token.ordinal() << 28 | at;
                    if (token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME) {
                        check(body, at + 1);
                    }
                }
            }
        }
        return nodes;
    }
}
