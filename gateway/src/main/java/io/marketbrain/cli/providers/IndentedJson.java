package io.marketbrain.cli.providers;

/** JSON as a person writes it: the outer objects with a member a line, the inner ones in one line. Pure. */
final class IndentedJson {
    private IndentedJson() {}

    /**
     * The same document with line ends.
     *
     * @param compact JSON without white space between its parts
     * @param depth how many levels have a member a line
     */
    static String of(String compact, int depth) {
        var out = new StringBuilder(compact.length() * 2);
        int level = 0;
        boolean inText = false;
        for (int i = 0; i < compact.length(); i++) {
            char c = compact.charAt(i);
            boolean opens = c == '{' || c == '[';
            boolean closes = c == '}' || c == ']';
            if (inText) {
                out.append(c);
                if (c == '\\') {
                    out.append(compact.charAt(++i));
                } else if (c == '"') {
                    inText = false;
                }
                continue;
            }
            if (closes) {
                if (level <= depth && c == '}') {
                    newLine(out, level - 1);
                }
                level--;
            }
            out.append(c);
            if (opens) {
                level++;
                if (level <= depth && c == '{') {
                    newLine(out, level);
                }
            } else if (c == ',') {
                if (level <= depth) {
                    newLine(out, level);
                } else {
                    out.append(' ');
                }
            } else if (c == ':') {
                out.append(' ');
            } else if (c == '"') {
                inText = true;
            }
        }
        return out.append('\n').toString();
    }

    private static void newLine(StringBuilder out, int level) {
        out.append('\n').append("  ".repeat(level));
    }
}
