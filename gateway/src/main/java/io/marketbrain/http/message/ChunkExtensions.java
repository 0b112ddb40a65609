package io.marketbrain.http.message;

/**
 * The grammar of what follows the size of a chunk (RFC 9112, 7.1.1): {@code ;name}, {@code ;name=token} or {@code
 * ;name="text"}, any number of them. Blanks are allowed only next to a semicolon or an equals sign. Pure.
 */
public final class ChunkExtensions {
    private final String text;
    private int at;

    private ChunkExtensions(String text) {
        this.text = text;
    }

    /** Whether {@code text}, the rest of a chunk's first line, is empty or a list of extensions. */
    public static boolean areWellFormed(String text) {
        return new ChunkExtensions(text).parse();
    }

    private boolean parse() {
        while (at < text.length()) {
            skipBlanks();
            if (!skip(';')) {
                return false;
            }
            skipBlanks();
            if (!skipToken() || !skipValue()) {
                return false;
            }
        }
        return true;
    }

    /** Skips an optional equals sign and value; false if there is a sign without a value. */
    private boolean skipValue() {
        int end = at;
        skipBlanks();
        if (!skip('=')) {
            at = end;
            return true;
        }
        skipBlanks();
        return skip('"') ? skipQuotedText() : skipToken();
    }

    private boolean skipQuotedText() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return true;
            }
            if (c == '\\') {
                at++;
            }
        }
        return false;
    }

    private boolean skipToken() {
        int start = at;
        while (at < text.length() && HttpGrammar.isToken(text.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean skip(char c) {
        boolean found = at < text.length() && text.charAt(at) == c;
        if (found) {
            at++;
        }
        return found;
    }
}
