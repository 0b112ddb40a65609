package io.marketbrain.store.redis;

/**
 * Checks the bytes of a connection against the protocol and the {@link ReplyLimits} before the client library sees
 * them, because the library allocates whatever length a reply states and recurses as deeply as it nests. Accepts RESP2
 * as the gateway uses it: the types of RESP3 are never requested, and no command returns an error inside an array.
 * Keeps its state between calls, so that replies may be cut anywhere; texts are skipped by their length. Allocates
 * nothing. For one thread.
 */
final class ReplyScanner {
    private static final long MAX_NUMBER_DIGITS = 19;
    private static final int MAX_LENGTH_DIGITS = 10;

    /** What the next byte belongs to. */
    private enum Part {
        TYPE,
        STATUS,
        NUMBER,
        LINE_END,
        TEXT,
        TEXT_CR,
        TEXT_LF
    }

    private final ReplyLimits limits;
    /** How many elements are missing from each array that is not complete. */
    private final int[] missing;

    private int depth;
    private Part part = Part.TYPE;
    private byte type;
    private long bytes;
    private long elements;
    private int line;
    private int digits;
    private boolean negative;
    private long number;
    private long text;

    ReplyScanner(ReplyLimits limits) {
        this.limits = limits;
        this.missing = new int[limits.depth()];
    }

    /** Checks the next bytes of the connection. */
    void scan(byte[] from, int offset, int length) throws InvalidReplyException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (part == Part.TEXT) {
                int skipped = (int) Math.min(text, end - at);
                at += skipped;
                text -= skipped;
                if (text == 0) {
                    part = Part.TEXT_CR;
                }
            } else {
                next(from[at++]);
            }
        }
    }

    private void next(byte b) throws InvalidReplyException {
        count(1);
        switch (part) {
            case TYPE -> start(b);
            case STATUS -> status(b);
            case NUMBER -> digit(b);
            case LINE_END -> {
                expect(b, '\n');
                lineEnded();
            }
            case TEXT_CR -> {
                expect(b, '\r');
                part = Part.TEXT_LF;
            }
            case TEXT_LF -> {
                expect(b, '\n');
                elementEnded();
            }
            case TEXT -> throw new IllegalStateException("texts are skipped");
        }
    }

    private void start(byte b) throws InvalidReplyException {
        line = 0;
        digits = 0;
        negative = false;
        number = 0;
        type = b;
        part = switch (b) {
            case '+' -> Part.STATUS;
            case '-' -> {
                if (depth > 0) {
                    throw new InvalidReplyException("Redis sent an error inside an array");
                }
                yield Part.STATUS;
            }
            case ':', '$', '*' -> Part.NUMBER;
            default ->
                throw new InvalidReplyException("Redis sent a reply of an unknown type: byte " + Byte.toUnsignedInt(b));
        };
    }

    private void status(byte b) throws InvalidReplyException {
        if (b == '\r') {
            part = Part.LINE_END;
        } else if (b == '\n') {
            throw new InvalidReplyException("Redis sent a line that does not end with CR LF");
        } else if (++line > limits.line()) {
            throw new InvalidReplyException("Redis sent a line of more than " + limits.line() + " bytes");
        }
    }

    private void digit(byte b) throws InvalidReplyException {
        if (b == '\r' && digits > 0) {
            part = Part.LINE_END;
        } else if (b == '-' && digits == 0 && !negative) {
            negative = true;
        } else if (b >= '0' && b <= '9' && digits < (type == ':' ? MAX_NUMBER_DIGITS : MAX_LENGTH_DIGITS)) {
            digits++;
            number = number * 10 + (b - '0');
        } else {
            throw new InvalidReplyException("Redis sent a number that is not one or is too long");
        }
    }

    private void lineEnded() throws InvalidReplyException {
        switch (type) {
            case '$' -> textStarted();
            case '*' -> arrayStarted();
            default -> elementEnded();
        }
    }

    private void textStarted() throws InvalidReplyException {
        if (isNone()) {
            elementEnded();
            return;
        }
        count(number);
        text = number;
        part = number == 0 ? Part.TEXT_CR : Part.TEXT;
    }

    private void arrayStarted() throws InvalidReplyException {
        if (isNone() || number == 0) {
            elementEnded();
            return;
        }
        elements += number;
        if (elements > limits.elements()) {
            throw new InvalidReplyException("Redis sent a reply of more than " + limits.elements() + " elements");
        }
        if (depth == limits.depth()) {
            throw new InvalidReplyException("Redis sent more than " + limits.depth() + " arrays inside each other");
        }
        missing[depth++] = (int) number;
        part = Part.TYPE;
    }

    /** Whether the length means that there is no text or array at all. */
    private boolean isNone() throws InvalidReplyException {
        if (negative && number != 1) {
            throw new InvalidReplyException("Redis sent a negative length");
        }
        return negative;
    }

    private void elementEnded() {
        part = Part.TYPE;
        while (depth > 0 && --missing[depth - 1] == 0) {
            depth--;
        }
        if (depth == 0) {
            bytes = 0;
            elements = 0;
        }
    }

    private void count(long more) throws InvalidReplyException {
        bytes += more;
        if (bytes > limits.bytes()) {
            throw new InvalidReplyException("Redis sent a reply of more than " + limits.bytes() + " bytes");
        }
    }

    private static void expect(byte b, char wanted) throws InvalidReplyException {
        if (b != wanted) {
            throw new InvalidReplyException("Redis sent a reply whose parts do not end with CR LF");
        }
    }
}
