package io.marketbrain.facade.mcp;

import java.util.List;
import java.util.function.IntFunction;

/** A text within a number of tokens: what must be said, as many rows as fit, and the end, which is said in any case. Pure. */
final class BoundedText {
    private static final String CUT = "…";
    /** What line breaks between the parts take. */
    private static final int BREAKS = 4;

    private BoundedText() {}

    /**
     * Head, rows and tail within {@code most} tokens.
     *
     * @param newest whether the last rows are kept, rather than the first ones
     * @param tail the end of the text, given how many rows are shown
     */
    static String of(int most, List<String> head, List<String> rows, boolean newest, IntFunction<String> tail) {
        int left = most
                - TokenEstimate.of(String.join("\n", head))
                - Math.max(TokenEstimate.of(tail.apply(rows.size())), TokenEstimate.of(tail.apply(0)))
                - BREAKS;
        int shown = 0;
        while (shown < rows.size()) {
            String row = rows.get(newest ? rows.size() - 1 - shown : shown);
            int tokens = TokenEstimate.of(row) + 1;
            if (tokens > left) {
                break;
            }
            left -= tokens;
            shown++;
        }
        List<String> kept = newest ? rows.subList(rows.size() - shown, rows.size()) : rows.subList(0, shown);
        String end = tail.apply(shown);
        var out = new StringBuilder();
        head.forEach(line -> out.append(line).append('\n'));
        kept.forEach(row -> out.append(row).append('\n'));
        String text = out.toString().strip();
        return cut(cut(text, Math.max(0, most - TokenEstimate.of(end) - 1)) + "\n" + end, most);
    }

    /** A text without rows. */
    static String of(int most, String text) {
        return cut(text, most);
    }

    private static String cut(String text, int most) {
        if (TokenEstimate.of(text) <= most) {
            return text;
        }
        int fits = 0;
        int fails = text.length();
        while (fails - fits > 1) {
            int middle = (fits + fails) / 2;
            if (TokenEstimate.of(text.substring(0, middle) + CUT) <= most) {
                fits = middle;
            } else {
                fails = middle;
            }
        }
        int end = fits > 0 && Character.isHighSurrogate(text.charAt(fits - 1)) ? fits - 1 : fits;
        return text.substring(0, end) + CUT;
    }
}
