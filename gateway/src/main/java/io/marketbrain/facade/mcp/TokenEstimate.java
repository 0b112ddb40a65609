package io.marketbrain.facade.mcp;

import java.nio.charset.StandardCharsets;

/**
 * How many tokens a text is for a language model: an upper bound for the vocabularies in use ({@code o200k_base} and those like
 * it), which has no list of words. Digits and lower-case letters count in groups of three, upper-case letters in pairs, every other character by itself. Pure.
 */
final class TokenEstimate {
    private static final int DIGITS_PER_TOKEN = 3;
    private static final int SMALL_LETTERS_PER_TOKEN = 3;
    private static final int CAPITALS_PER_TOKEN = 2;

    private TokenEstimate() {}

    static int of(String text) {
        int tokens = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (isDigit(c)) {
                while (end < text.length() && isDigit(text.charAt(end))) {
                    end++;
                }
                tokens += (end - at + DIGITS_PER_TOKEN - 1) / DIGITS_PER_TOKEN;
            } else if (isSmall(c)) {
                while (end < text.length() && isSmall(text.charAt(end))) {
                    end++;
                }
                tokens += (end - at + SMALL_LETTERS_PER_TOKEN - 1) / SMALL_LETTERS_PER_TOKEN;
            } else if (isCapital(c)) {
                while (end < text.length() && isCapital(text.charAt(end))) {
                    end++;
                }
                tokens += (end - at + CAPITALS_PER_TOKEN - 1) / CAPITALS_PER_TOKEN;
            } else if (c < 128) {
                boolean before = c == ' ' && end < text.length() && isLetter(text.charAt(end));
                tokens += before ? 0 : 1; // a space is part of the word after it
            } else {
                if (Character.isHighSurrogate(c) && end < text.length()) {
                    end++;
                }
                tokens += text.substring(at, end).getBytes(StandardCharsets.UTF_8).length;
            }
            at = end;
        }
        return tokens;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return isSmall(c) || isCapital(c);
    }

    private static boolean isSmall(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
