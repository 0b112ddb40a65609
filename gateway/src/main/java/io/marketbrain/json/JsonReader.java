package io.marketbrain.json;

import java.util.Arrays;

/**
 * Reads JSON as RFC 8259 defines it, in UTF-8 with or without a byte order mark, into a {@link JsonTape}. Nothing is
 * lenient: no comments, no {@code NaN}, no duplicate names, no lone surrogates, nothing after the document. Keeps no call
 * stack, so nesting costs no more than the limits allow. One document each; not thread-safe.
 *
 * <p>Written for the gateway because a tape written by driving the JSON library's parser takes longer (bench/RESULTS.md has the figures):
 * that parser hands out the position of a token only as an object, and texts that it skips have to be checked once more for
 * valid UTF-8, surrogates and length. {@code JsonReaderPropertyTest} holds the two to the same readings.
 */
final class JsonReader {
    /** Bytes of a body for each integer of the first tape; a usual body has 7 to 10. */
    private static final int BYTES_PER_NODE = 6;

    private static final int LEAST_NODES = 16;
    private static final int NOTHING_OPEN = -1;

    private final byte[] body;
    private final PayloadLimits limits;
    private JsonTape tape;
    private int[] nodes;
    private int size;
    private int tokens;
    private int at;

    JsonReader(byte[] body, PayloadLimits limits) throws MalformedPayload {
        this.body = body;
        this.limits = limits;
        if (body.length > PayloadLimits.MAX_BYTES) {
            throw new MalformedPayload("the body is more than " + PayloadLimits.MAX_BYTES + " bytes");
        }
        this.nodes = new int[0];
        this.tape = new JsonTape(body, nodes, "", 0);
        this.at = start();
    }

    /** The document in {@code body}. */
    static JsonTape read(byte[] body, PayloadLimits limits) throws MalformedPayload {
        var reader = new JsonReader(body, limits);
        reader.room(Math.max(LEAST_NODES, body.length / BYTES_PER_NODE));
        reader.value();
        reader.end();
        return reader.tape;
    }

    /** Begins a new tape; what was read before is discarded. */
    void clear(int room) {
        size = 0;
        tokens = 0;
        nodes = new int[0];
        room(Math.max(LEAST_NODES, room));
    }

    /** What was read since the tape was started, as an item of {@code list}. */
    JsonTape item(String list, int number) {
        return new JsonTape(body, nodes, list, number);
    }

    /** The first text on the tape. */
    String firstText() {
        return tape.text(0);
    }

    /** How many integers were written since the tape was started. */
    int size() {
        return size;
    }

    /** Takes the next byte that is not white space. */
    int take() throws MalformedPayload {
        int b = space();
        at++;
        return b;
    }

    private int start() throws MalformedPayload {
        if (body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            return 3;
        }
        if (body.length >= 2 && (body[0] == (byte) 0xFE || body[0] == (byte) 0xFF || body[0] == 0 || body[1] == 0)) {
            throw invalid("it is not in UTF-8");
        }
        return 0;
    }

    void end() throws MalformedPayload {
        skipSpace();
        if (at < body.length) {
            throw new MalformedPayload("the body goes on after the JSON document");
        }
    }

    /** Reads one value, however deep, and adds its nodes. */
    void value() throws MalformedPayload {
        int open = NOTHING_OPEN;
        int depth = 0;
        while (true) {
            int b = space();
            if (b == '{' || b == '[') {
                if (++depth > limits.depth()) {
                    throw tooMany("levels of nesting", limits.depth());
                }
                open = begin(b == '{' ? JsonTape.OBJECT : JsonTape.ARRAY, open);
                if (space() != (b == '{' ? '}' : ']')) {
                    element(open);
                    continue;
                }
                at++;
                open = close(open);
                depth--;
            } else {
                scalar(b);
            }
            while (open != NOTHING_OPEN) {
                boolean object = nodes[open] >>> JsonTape.KIND_SHIFT == JsonTape.OBJECT;
                b = take();
                if (b == ',') {
                    element(open);
                    break;
                }
                if (b != (object ? '}' : ']')) {
                    throw invalid("a comma or the end of " + (object ? "an object" : "an array") + " is missing");
                }
                open = close(open);
                depth--;
            }
            if (open == NOTHING_OPEN) {
                return;
            }
        }
    }

    /** Opens an array or object; until it is closed, its second integer is the index of the one around it. */
    private int begin(int kind, int around) throws MalformedPayload {
        at++;
        int index = add(kind, 0);
        ensure(1);
        nodes[size++] = around;
        return index;
    }

    /** One more element; of an object, its name is read. */
    private void element(int open) throws MalformedPayload {
        if ((++nodes[open] & JsonTape.LOW) > limits.elements()) {
            throw tooMany("elements", limits.elements());
        }
        if (nodes[open] >>> JsonTape.KIND_SHIFT == JsonTape.OBJECT) {
            name();
        }
    }

    private int close(int index) throws MalformedPayload {
        int around = nodes[index + 1];
        nodes[index + 1] = size;
        if (nodes[index] >>> JsonTape.KIND_SHIFT == JsonTape.OBJECT && !MemberNames.differ(tape, index)) {
            throw invalid("an object has a member name twice");
        }
        return around;
    }

    void name() throws MalformedPayload {
        if (space() != '"') {
            throw invalid("a member name is missing");
        }
        text(limits.nameLength(), "a name");
        if (space() != ':') {
            throw invalid("a colon is missing");
        }
        at++;
    }

    private void scalar(int first) throws MalformedPayload {
        switch (first) {
            case '"' -> text(limits.textLength(), "a text");
            case 't' -> word("true", JsonTape.TRUE);
            case 'f' -> word("false", JsonTape.FALSE);
            case 'n' -> word("null", JsonTape.NULL);
            default -> number();
        }
    }

    private void word(String word, int kind) throws MalformedPayload {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= body.length || body[at + i] != word.charAt(i)) {
                throw invalid("a value is missing");
            }
        }
        add(kind, at);
        at += word.length();
    }

    private void number() throws MalformedPayload {
        int end = JsonNumber.end(body, at);
        if (end < 0) {
            throw invalid("a value is missing");
        }
        if (end - at > limits.numberLength()) {
            throw new MalformedPayload("a number has more than " + limits.numberLength() + " characters");
        }
        if (JsonNumber.exponent(body, at, end, limits.exponent()) > limits.exponent()) {
            throw new MalformedPayload("a number has an exponent above " + limits.exponent());
        }
        add(JsonTape.NUMBER, at);
        at = end;
    }

    private void text(int longest, String what) throws MalformedPayload {
        byte[] bytes = body;
        int from = at + 1;
        int end = Math.min(bytes.length, from + longest + 1);
        boolean escaped = false;
        int i = from;
        while (i < end) {
            byte b = bytes[i];
            if (b == '"') {
                add(escaped ? JsonTape.ESCAPED : JsonTape.TEXT, from);
                at = i + 1;
                return;
            }
            if (b >= ' ' && b != '\\') {
                i++;
                continue;
            }
            int length = b == '\\' ? JsonText.escapeLength(bytes, i) : b < 0 ? JsonText.sequenceLength(bytes, i) : 0;
            if (length == 0) {
                at = i;
                throw invalid(what + " has " + (b == '\\' ? "an escape" : "a byte") + " that is not allowed");
            }
            escaped |= b == '\\';
            i += length;
        }
        if (i >= bytes.length) {
            throw cutShort();
        }
        throw new MalformedPayload(what + " is longer than " + longest + " bytes");
    }

    private int add(int kind, int low) throws MalformedPayload {
        if (++tokens > limits.tokens()) {
            throw tooMany("tokens", limits.tokens());
        }
        ensure(1);
        nodes[size] = JsonTape.node(kind, low);
        return size++;
    }

    private void ensure(int more) {
        if (nodes.length - size < more) {
            room(Math.max(LEAST_NODES, nodes.length + (nodes.length >> 1)));
        }
    }

    /** Makes room for so many integers; never for more than the limit of tokens can fill. */
    private void room(int wanted) {
        nodes = Arrays.copyOf(nodes, (int) Math.min(wanted, 2L * limits.tokens()));
        tape = new JsonTape(body, nodes, "", 0);
    }

    /** The next byte that is not white space, which stays unread. */
    int space() throws MalformedPayload {
        if (at < body.length && body[at] > ' ') {
            return body[at];
        }
        skipSpace();
        if (at == body.length) {
            throw cutShort();
        }
        return body[at];
    }

    private void skipSpace() {
        while (at < body.length && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
    }

    private MalformedPayload cutShort() {
        return new MalformedPayload(
                size == 0 ? "the body is empty" : "not valid JSON: the body ends within the document");
    }

    MalformedPayload invalid(String what) {
        if (at == 0 && body.length > 0 && body[0] == '<') {
            return new MalformedPayload("a page of HTML or XML where JSON should be");
        }
        return new MalformedPayload("not valid JSON: " + what + " (byte " + at + ")");
    }

    static MalformedPayload tooMany(String what, int limit) {
        return new MalformedPayload("more than " + limit + " " + what);
    }
}
