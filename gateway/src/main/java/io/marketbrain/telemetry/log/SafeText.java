package io.marketbrain.telemetry.log;

/**
 * Makes untrusted text safe for one line of the log: redacts secrets, cuts it to a length with a mark, and escapes
 * everything that could end the line, move the cursor or change the reading direction. Thread-safe.
 */
final class SafeText {

    /**
     * This much text beyond the shown length is redacted too, so that a secret that spans the cut is recognised as a
     * whole.
     */
    static final int LONGEST_SECRET = 8192;

    private final Redactor redactor;

    SafeText(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Appends at most {@code limit} characters of the text, and a mark with the full length if the text was cut. */
    void append(StringBuilder out, String text, int limit) {
        int window = Math.max(limit, 0) + LONGEST_SECRET;
        boolean whole = text.length() <= window;
        String known = whole ? redacted(text) : headOf(redacted(text.substring(0, window)));
        int end = out.length() + Math.max(limit, 0);
        int taken = 0;
        while (taken < known.length() && appendOne(out, known.charAt(taken), end)) {
            taken++;
        }
        if (!whole || taken < known.length()) {
            if (taken > 0 && Character.isHighSurrogate(known.charAt(taken - 1))) {
                out.setLength(out.length() - 1);
            }
            out.append("... [cut: ").append(text.length()).append(" characters]");
        }
    }

    /**
     * The redacted text without its end, which may hold the first part of a secret that the redactor could not
     * recognise because the rest was cut off.
     */
    private static String headOf(String redacted) {
        return redacted.substring(0, Math.max(0, redacted.length() - LONGEST_SECRET));
    }

    private String redacted(String text) {
        try {
            return redactor.redact(text);
        } catch (RuntimeException | StackOverflowError e) {
            return "[withheld: redaction failed with " + e.getClass().getSimpleName() + "]";
        }
    }

    private static boolean appendOne(StringBuilder out, char c, int end) {
        int before = out.length();
        if (isSafe(c)) {
            out.append(c);
        } else {
            appendEscaped(out, c);
        }
        if (out.length() <= end) {
            return true;
        }
        out.setLength(before);
        return false;
    }

    private static boolean isSafe(char c) {
        return (c >= ' ' && c < 0x7f) || (c >= 0xa0 && !endsLine(c) && !changesDirection(c));
    }

    private static boolean endsLine(char c) {
        return c == '\u2028' || c == '\u2029';
    }

    private static boolean changesDirection(char c) {
        return (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u061c';
    }

    private static void appendEscaped(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            }
        }
    }
}
