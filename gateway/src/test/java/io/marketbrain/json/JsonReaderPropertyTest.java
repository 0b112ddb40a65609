package io.marketbrain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The reader against a plain reading with the JSON library's parser, for documents made and mutated at random. */
class JsonReaderPropertyTest {
    private static final JsonFactory REFERENCE = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final PayloadLimits LIMITS =
            new PayloadLimits(1 << 20, 1 << 20, 4000, 40, 200, 2000, 100, 400, 500, 1);

    private static final String[] TEXTS = {
        "",
        "a",
        "price",
        "BTC/USDT",
        "é",
        "€",
        "😀",
        "\"",
        "\\",
        "\n",
        "\u0001",
        "\u202e",
        "a long text of forty characters or more",
        "0",
        "1.50",
        "٥"
    };
    private static final String[] NUMBERS = {
        "0", "-0", "1", "-1", "0.1", "50123.45000000", "1e5", "-1.5E-7", "123456789012345678901234567890", "1e400"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void equals_a_plain_reading_of_random_documents(long seed) throws Exception {
        var random = new Random(seed);
        for (int i = 0; i < 2500; i++) {
            byte[] body = document(random).getBytes(StandardCharsets.UTF_8);
            assertThat(ours(JsonValue.parse(body, LIMITS)))
                    .as(new String(body, StandardCharsets.UTF_8))
                    .isEqualTo(reference(body));
        }
    }

    /** Where both read a mutated document, they read the same; only we refuse more. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void mutated_documents_are_read_alike_or_refused_and_end_nothing(long seed) throws Exception {
        var random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 15_000; i++) {
            byte[] body = mutated(document(random).getBytes(StandardCharsets.UTF_8), random);
            Object reference = null;
            boolean valid = true;
            try {
                reference = reference(body);
            } catch (JacksonException | IllegalStateException e) {
                valid = false;
            }
            try {
                Object ours = ours(JsonValue.parse(body, LIMITS));
                assertThat(valid).as("accepted: " + Arrays.toString(body)).isTrue();
                assertThat(ours).as(Arrays.toString(body)).isEqualTo(reference);
                read++;
            } catch (MalformedPayload e) {
                assertThat(e.getMessage()).hasSizeLessThan(200);
            }
        }
        assertThat(read).isGreaterThan(500);
    }

    /** The tape never has more integers than two a token, and no more tokens than bytes or than the limit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "[]",
                "{}",
                "[],",
                "[[],",
                "{\"\":",
                "1,",
                "\"\",",
                "[1,",
                "{\"a\":[",
                "\\",
                "\"",
                "\\u0000",
                " ",
                ":",
                ","
            })
    void memory_stays_within_the_limits_whatever_is_repeated(String unit) {
        for (String start : List.of("", "[", "{\"a\":", "[[", "\"")) {
            byte[] body = (start + unit.repeat(20_000)).getBytes(StandardCharsets.UTF_8);
            assertThatCode(() -> {
                        try {
                            JsonTape tape = JsonReader.read(body, LIMITS);
                            assertThat(tape.nodes().length).isLessThanOrEqualTo(2 * LIMITS.tokens());
                        } catch (MalformedPayload e) {
                            assertThat(e.getMessage()).isNotEmpty();
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_document_of_depth_far_beyond_the_stack_is_read_if_the_limits_allow_it() throws MalformedPayload {
        var deep = new PayloadLimits(1 << 20, 1 << 20, 4000, 1000, 10, 10, 10, 10, 10, 1);
        String body = "[".repeat(1000) + "]".repeat(1000);
        assertThat(JsonValue.parse(body.getBytes(StandardCharsets.UTF_8), deep).isArray())
                .isTrue();
    }

    // ---- random documents ----

    private static String document(Random random) {
        var text = new StringBuilder();
        value(random, 0, text);
        return text.toString();
    }

    private static void value(Random random, int depth, StringBuilder to) {
        space(random, to);
        switch (random.nextInt(depth > 5 ? 5 : 8)) {
            case 0 -> text(pick(TEXTS, random), random, to);
            case 1, 2 -> to.append(pick(NUMBERS, random));
            case 3 -> to.append(random.nextBoolean());
            case 4 -> to.append("null");
            case 5 -> array(random, depth, to);
            default -> object(random, depth, to);
        }
        space(random, to);
    }

    private static void array(Random random, int depth, StringBuilder to) {
        to.append('[');
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            to.append(i == 0 ? "" : ",");
            value(random, depth + 1, to);
        }
        to.append(']');
    }

    private static void object(Random random, int depth, StringBuilder to) {
        to.append('{');
        int count = random.nextInt(20) == 0 ? 40 : random.nextInt(6);
        for (int i = 0; i < count; i++) {
            to.append(i == 0 ? "" : ",");
            space(random, to);
            text(pick(TEXTS, random) + i, random, to);
            space(random, to);
            to.append(':');
            value(random, count == 40 ? 9 : depth + 1, to);
        }
        to.append('}');
    }

    private static void text(String text, Random random, StringBuilder to) {
        to.append('"');
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            if (c < ' ' || c == '"' || c == '\\' || random.nextInt(8) == 0) {
                one.chars().forEach(unit -> to.append(String.format("\\u%04x", unit)));
            } else {
                to.append(one);
            }
        });
        to.append('"');
    }

    private static void space(Random random, StringBuilder to) {
        to.append(pick(new String[] {"", "", "", " ", "\n", "\r\n\t "}, random));
    }

    private static String pick(String[] from, Random random) {
        return from[random.nextInt(from.length)];
    }

    private static byte[] mutated(byte[] body, Random random) {
        byte[] all = "{}[],:\"\\0123456789.-+eEtrufalsn \n\u0000\u007f/*#'".getBytes(StandardCharsets.UTF_8);
        byte[] mutant = body.clone();
        for (int i = random.nextInt(3); i >= 0 && mutant.length > 0; i--) {
            int at = random.nextInt(mutant.length);
            byte b = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : all[random.nextInt(all.length)];
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] = b;
                case 1 -> mutant = joined(mutant, at, new byte[] {b}, at);
                case 2 -> mutant = joined(mutant, at, new byte[0], Math.min(mutant.length, at + 1 + random.nextInt(3)));
                default -> {
                    int from = random.nextInt(mutant.length);
                    mutant = joined(
                            mutant,
                            at,
                            Arrays.copyOfRange(mutant, from, Math.min(mutant.length, from + random.nextInt(12))),
                            at);
                }
            }
        }
        return mutant;
    }

    private static byte[] joined(byte[] bytes, int upTo, byte[] between, int from) {
        byte[] all = Arrays.copyOf(bytes, upTo + between.length + bytes.length - from);
        System.arraycopy(between, 0, all, upTo, between.length);
        System.arraycopy(bytes, from, all, upTo + between.length, bytes.length - from);
        return all;
    }

    // ---- two readings as plain Java objects; numbers as their digits ----

    private record Digits(String text) {}

    private static Object ours(JsonValue value) throws MalformedPayload {
        if (value.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (var member : value.members().entrySet()) {
                members.put(member.getKey(), ours(member.getValue()));
                assertThat(ours(value.at(member.getKey()))).isEqualTo(members.get(member.getKey()));
            }
            return members;
        }
        if (value.isArray()) {
            List<Object> items = new ArrayList<>();
            for (JsonValue item : value.items()) {
                items.add(ours(item));
            }
            for (int i = 0; i < items.size(); i++) {
                assertThat(value.at(i)).hasToString(value.items().get(i).toString());
            }
            return items;
        }
        return scalar(value);
    }

    private static Object scalar(JsonValue value) throws MalformedPayload {
        if (value.isNull()) {
            return null;
        }
        try {
            return value.bool();
        } catch (MalformedPayload e) {
            return value.isText() ? value.text() : new Digits(value.text());
        }
    }

    private static Object reference(byte[] body) {
        try (JsonParser parser = REFERENCE.createParser(ObjectReadContext.empty(), body)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new IllegalStateException("empty");
            }
            Object value = reference(parser, token);
            if (parser.nextToken() != null) {
                throw new IllegalStateException("goes on");
            }
            return value;
        }
    }

    private static Object reference(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    members.put(name, reference(parser, parser.nextToken()));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(reference(parser, next));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("unexpected " + token);
        };
    }
}
