package io.marketbrain.model.text;

import java.text.Normalizer;

/** Symbols as callers and providers write them, in one form. Pure. */
public final class SymbolText {
    private SymbolText() {}

    /**
     * The form in which symbols are compared: Unicode normalization form C, with {@code a} to {@code z} in upper case. Other
     * letters keep their case, because the upper case of some is a different letter: that of {@code ı} is {@code I}.
     */
    public static String canonical(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || (c >= 'a' && c <= 'z')) {
                return rewritten(text);
            }
        }
        return text;
    }

    private static String rewritten(String text) {
        String normal = TextCharacters.isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
        var upper = new StringBuilder(normal.length());
        for (int i = 0; i < normal.length(); i++) {
            char c = normal.charAt(i);
            upper.append(c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
        }
        return upper.toString();
    }
}
