package io.marketbrain.model.text;

import java.text.Normalizer;
import java.util.Optional;

/**
 * The rules for texts from outside that identify something. Such a text is never altered, because the altered one would
 * identify something else: it is used as it is, or what it belongs to is refused. Pure.
 */
public enum IdentifierText {
    /** An asset's or currency's code, such as {@code BTC}: a part of {@code BTC/USDT:USDT} and {@code AAPL@XNAS}. */
    CODE(32) {
        @Override
        boolean allows(int c) {
            return isLetterOrDigit(c) || CODE_MARKS.indexOf(c) >= 0;
        }
    },
    /** A provider's spelling of an instrument, such as {@code XBT/USD}, {@code BTC-USD} or {@code ^GSPC}. */
    SYMBOL(64) {
        @Override
        boolean allows(int c) {
            return CODE.allows(c) || SEPARATORS.indexOf(c) >= 0;
        }
    },
    /** The id of a trade, a series or a news item: any visible characters. */
    ID(256) {
        @Override
        boolean allows(int c) {
            return !TextCharacters.isSpace(c) && !TextCharacters.isInvisible(c);
        }
    },
    /** The name of a provider, a venue or a unit: visible characters with spaces between them. */
    NAME(128) {
        @Override
        boolean allows(int c) {
            return c == ' ' || ID.allows(c);
        }
    };

    private static final String CODE_MARKS = ".-_^$!&+*#~=%";
    private static final String SEPARATORS = "/:@";

    /** What begins a formula in a spreadsheet. */
    private static final String FORMULA_OPENINGS = "=+-@";

    private final int maxLength;

    IdentifierText(int maxLength) {
        this.maxLength = maxLength;
    }

    abstract boolean allows(int c);

    /** The most characters that a text may have. */
    public int maxLength() {
        return maxLength;
    }

    /** What is wrong with a text, without quoting it, such as "is empty"; empty if it follows the rule. */
    public Optional<String> findProblem(String text) {
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        if (text.length() > maxLength) {
            return Optional.of("is longer than " + maxLength + " characters");
        }
        if (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
            return Optional.of("begins or ends with a space");
        }
        if (this != ID && this != NAME && FORMULA_OPENINGS.indexOf(text.charAt(0)) >= 0) {
            return Optional.of("begins like a formula");
        }
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!allows(c)) {
                return Optional.of("has a character that is not allowed: U+%04X".formatted(c));
            }
            at += Character.charCount(c);
        }
        if (this != ID && this != NAME && !isNormalized(text)) {
            return Optional.of("is not in Unicode normalization form C");
        }
        return Optional.empty();
    }

    public boolean isValid(String text) {
        return findProblem(text).isEmpty();
    }

    private static boolean isNormalized(String text) {
        return TextCharacters.isAscii(text) || Normalizer.isNormalized(text, Normalizer.Form.NFC);
    }

    /** Letters of any script, but ASCII digits only: those of other scripts look like different numbers. */
    private static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c > 0x7F && Character.isLetter(c) && !TextCharacters.isInvisible(c));
    }
}
