package io.marketbrain.payload;

import java.util.Map;

/** The words of a piece of HTML, such as the description of an RSS item: without tags and with its entities decoded. Pure. */
public final class HtmlText {
    private static final int LONGEST_ENTITY = 8;
    private static final Map<String, String> ENTITIES = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "hellip", "…", "ndash", "–",
            "mdash", "—");

    private HtmlText() {}

    /** The words, with a space for each tag. What is not valid HTML stays as it is. */
    public static String words(String html) {
        var words = new StringBuilder(html.length());
        int lastTagEnd = html.lastIndexOf('>');
        int at = 0;
        while (at < html.length()) {
            char c = html.charAt(at);
            int end = c == '&' ? html.indexOf(';', at, Math.min(html.length(), at + LONGEST_ENTITY)) : -1;
            if (c == '<' && at < lastTagEnd && beginsTag(html, at + 1)) {
                words.append(' ');
                at = html.indexOf('>', at) + 1;
            } else if (end > 0) {
                words.append(decoded(html.substring(at + 1, end)));
                at = end + 1;
            } else {
                words.append(c);
                at++;
            }
        }
        return words.toString();
    }

    private static boolean beginsTag(String html, int at) {
        char first = at < html.length() ? html.charAt(at) : ' ';
        return first == '/' || first == '!' || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    }

    private static String decoded(String entity) {
        String known = ENTITIES.get(entity);
        if (known != null) {
            return known;
        }
        try {
            if (entity.startsWith("#x") || entity.startsWith("#X")) {
                return Character.toString(Integer.parseInt(entity.substring(2), 16));
            }
            if (entity.startsWith("#")) {
                return Character.toString(Integer.parseInt(entity.substring(1)));
            }
        } catch (IllegalArgumentException e) {
            // Not the number of a character: the text stays as it is.
        }
        return "&" + entity + ";";
    }
}
