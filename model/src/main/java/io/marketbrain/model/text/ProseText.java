package io.marketbrain.model.text;

/**
 * The rules for texts from outside that a person reads. What does not belong in such a text is removed, and a text that is
 * too long is cut with a mark; a text is never a reason to refuse what it belongs to. Pure.
 */
public enum ProseText {
    /** What a provider says about an error, in one line. */
    ERROR(200),
    /** A headline or a series' title, in one line. */
    TITLE(512),
    /** A summary or a short body, in one line. */
    SUMMARY(4096);

    private static final String CUT = "…";
    private static final char REPLACEMENT = '\uFFFD';

    private final int maxLength;

    ProseText(int maxLength) {
        this.maxLength = maxLength;
    }

    /** The most characters of a cleaned text, the mark of a cut included. */
    public int maxLength() {
        return maxLength;
    }

    /**
     * The text as it may be shown: control characters and line ends are spaces, one where several follow each other;
     * characters that are invisible or change the reading direction are left out; half a surrogate pair is U+FFFD.
     */
    public String clean(String text) {
        return text.length() <= maxLength && isClean(text) ? text : cut(cleaned(text));
    }

    private static boolean isClean(String text) {
        boolean clean = true;
        for (int i = 0; i < text.length() && clean; i++) {
            clean = TextCharacters.isPlainAscii(text.charAt(i));
        }
        return clean && !text.startsWith(" ") && !text.endsWith(" ");
    }

    /** The text, or more of it than can be shown. */
    private String cleaned(String text) {
        var out = new StringBuilder(Math.min(text.length(), maxLength + 2));
        int at = 0;
        while (at < text.length() && out.length() <= maxLength) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (Character.getType(c) == Character.SURROGATE) {
                out.append(REPLACEMENT);
            } else if (endsWord(c)) {
                if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
            } else if (TextCharacters.belongsInProse(c)) {
                out.appendCodePoint(c);
            }
        }
        return at < text.length() ? out.toString() : out.toString().strip();
    }

    private static boolean endsWord(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> c == ' ';
        };
    }

    private String cut(String text) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = maxLength - CUT.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).strip() + CUT;
    }
}
