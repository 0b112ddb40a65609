package io.marketbrain.json;

/** JSON as people edit it: a member or item a line, indented by two spaces. Pure. */
public final class IndentedJson {
    private IndentedJson() {}

    /** The same document, indented; {@code json} must be a document without white space between its tokens. */
    public static String of(String json) {
        var out = new StringBuilder(json.length() * 2);
        int depth = 0;
        boolean text = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (text) {
                out.append(c);
                if (c == '\\') {
                    i++;
                    out.append(json.charAt(i));
                } else if (c == '"') {
                    text = false;
                }
                continue;
            }
            if (c == '"') {
                text = true;
                out.append(c);
            } else if (c == '{' || c == '[') {
                out.append(c);
                boolean empty = json.charAt(i + 1) == '}' || json.charAt(i + 1) == ']';
                if (empty) {
                    i++;
                    out.append(json.charAt(i));
                } else {
                    depth++;
                    breakLine(out, depth);
                }
            } else if (c == '}' || c == ']') {
                depth--;
                breakLine(out, depth);
                out.append(c);
            } else {
                out.append(c);
                if (c == ',') {
                    breakLine(out, depth);
                } else if (c == ':') {
                    out.append(' ');
                }
            }
        }
        return out.append('\n').toString();
    }

    private static void breakLine(StringBuilder out, int depth) {
        out.append('\n').repeat("  ", depth);
    }
}
