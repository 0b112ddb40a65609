package io.marketbrain.json;

/**
 * How much of a payload is read. A payload over any of these limits is malformed. Lengths of names, texts and numbers are
 * in bytes as sent, escapes included. Immutable.
 *
 * @param wireBytes the largest body as transferred: 1 to {@value #MAX_BYTES}
 * @param bodyBytes the largest body after decompression: 1 to {@value #MAX_BYTES}
 * @param tokens the most values and member names in one document
 * @param depth the deepest nesting of arrays and objects
 * @param nameLength the longest member name
 * @param textLength the longest text
 * @param numberLength the longest number, all its digits counted
 * @param exponent the largest absolute exponent of a number
 * @param elements the most items of one array and the most members of one object
 * @param slack how many elements may exceed those that were requested; many providers send a whole page or the whole
 *     book regardless of the request
 */
public record PayloadLimits(
        int wireBytes,
        int bodyBytes,
        int tokens,
        int depth,
        int nameLength,
        int textLength,
        int numberLength,
        int exponent,
        int elements,
        int slack) {
    /** What the reader's positions can address is more; this is what the configuration allows. */
    public static final int MAX_BYTES = 64 << 20;

    /** Upper bounds of what can be configured. */
    public static final int MAX_DEPTH = 1000;

    public static final int MAX_NUMBER_LENGTH = 1000;
    public static final int MAX_EXPONENT = 10_000;

    /** A request for few records may still be answered with this much, and this much more for each record. */
    private static final int LEAST_BYTES = 256 << 10;

    private static final int BYTES_PER_RECORD = 1 << 10;
    private static final int LEAST_TOKENS = 4000;
    private static final int TOKENS_PER_RECORD = 32;

    private static final PayloadLimits DEFAULTS =
            new PayloadLimits(8 << 20, 8 << 20, 500_000, 64, 256, 64 << 10, 100, 400, 100_000, 1000);

    public PayloadLimits {
        require("wire_bytes", wireBytes, MAX_BYTES);
        require("body_bytes", bodyBytes, MAX_BYTES);
        require("tokens", tokens, MAX_BYTES);
        require("depth", depth, MAX_DEPTH);
        require("name_length", nameLength, MAX_BYTES);
        require("text_length", textLength, MAX_BYTES);
        require("number_length", numberLength, MAX_NUMBER_LENGTH);
        require("exponent", exponent, MAX_EXPONENT);
        require("elements", elements, MAX_BYTES);
        require("slack", slack, MAX_BYTES);
    }

    private static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be from 1 to " + most);
        }
    }

    public static PayloadLimits defaults() {
        return DEFAULTS;
    }

    /**
     * These limits for a request for {@code records} records: elements, tokens and bytes are in proportion to what was
     * requested, and never above these limits.
     */
    public PayloadLimits forRecords(int records) {
        int most = atMost(elements, (long) records + slack);
        int body = atMost(bodyBytes, LEAST_BYTES + (long) BYTES_PER_RECORD * most);
        return new PayloadLimits(
                Math.min(wireBytes, body),
                body,
                atMost(tokens, LEAST_TOKENS + (long) TOKENS_PER_RECORD * most),
                depth,
                nameLength,
                textLength,
                numberLength,
                exponent,
                most,
                slack);
    }

    /** These limits with bodies of {@code bytes} at the most, as transferred and after decompression. */
    public PayloadLimits withBodiesUpTo(int bytes) {
        return bytes >= wireBytes && bytes >= bodyBytes
                ? this
                : new PayloadLimits(
                        Math.min(wireBytes, bytes),
                        Math.min(bodyBytes, bytes),
                        tokens,
                        depth,
                        nameLength,
                        textLength,
                        numberLength,
                        exponent,
                        elements,
                        slack);
    }

    private static int atMost(int limit, long value) {
        return (int) Math.min(limit, value);
    }
}
