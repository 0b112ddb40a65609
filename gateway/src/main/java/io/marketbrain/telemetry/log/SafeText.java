package io.marketbrain.telemetry.log;

/**
 * Text from outside, made fit for one line of the log: secrets redacted, cut to a length with a mark, and everything that
 * could end the line, move the cursor or turn the reading direction spelled out. Thread-safe.
 */
final class SafeText {

    /** Beyond the length shown, this much is redacted too, so that a secret lying across the cut is seen whole. */
    static final int LONGEST_SECRET = 8192;

    private final Redactor redactor;

    SafeText(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Appends at most {@code limit} characters of the text, and a mark with the whole length where that is not all. */
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
     * A redacted beginning without its last stretch, which may hold the first part of a secret that the redactor could
     * not know because it goes on beyond.
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
        if (isHarmless(c)) {
            out.append(c);
        } else {
            appendSpelled(out, c);
        }
        if (out.length() <= end) {
            return true;
        }
        out.setLength(before);
        return false;
    }

    private static boolean isHarmless(char c) {
        return (c >= ' ' && c < 0x7f) || (c >= 0xa0 && !endsLine(c) && !turnsDirection(c));
    }

    private static boolean endsLine(char c) {
        return c == '\u2028' || c == '\u2029';
    }

    private static boolean turnsDirection(char c) {
        return (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u061c';
    }

    private static void appendSpelled(StringBuilder out, char c) {
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
