package io.marketbrain.model.text;

/** What characters are for a reader. Pure. */
final class TextCharacters {
    /** Joins letters and emoji in many scripts, so that prose may have it. */
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Keeps letters apart in Persian and the scripts of India. */
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

    private TextCharacters() {}

    /** Whether a text has ASCII characters only; such a text is normalized, and the tables of normalization need not be loaded. */
    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    static boolean isPlainAscii(int c) {
        return c >= ' ' && c < 0x7F;
    }

    /**
     * Whether a character has no shape of its own or none that a reader knows: control and format characters, among them
     * those that change the reading direction, line separators, unpaired surrogates, private and unassigned ones.
     */
    static boolean isInvisible(int c) {
        if (isPlainAscii(c)) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> isBlankLetter(c) || isVariationSelector(c);
        };
    }

    /** Letters and marks that are drawn as nothing: fillers, joiners and the empty Braille pattern. */
    private static boolean isBlankLetter(int c) {
        return switch (c) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> false;
        };
    }

    private static boolean isVariationSelector(int c) {
        return (c >= 0x180B && c <= 0x180F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
    }

    /** Whether prose may have a character: all that is visible, and what shapes the letters beside it. */
    static boolean belongsInProse(int c) {
        return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER || isVariationSelector(c) || !isInvisible(c);
    }

    static boolean isSpace(int c) {
        return c == ' ' || (!isPlainAscii(c) && Character.isSpaceChar(c));
    }
}
