package io.marketbrain.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contents of a {@code .env} file: {@code NAME=value} lines. {@code export}, comments, both kinds of quotes (also
 * over several lines), CRLF and a byte order mark are understood; {@code $} has no special meaning. The last line of a name
 * counts. Immutable.
 *
 * @param problems the invalid lines
 */
record EnvFile(Map<String, Line> lines, List<Problem> problems) {

    /** A value and the line that it starts on, counted from 1. */
    record Line(String value, int number) {}

    /** What is wrong with a line; the line itself is not quoted because it may contain a credential. */
    record Problem(int number, String message) {}

    EnvFile {
        lines = Map.copyOf(lines);
        problems = List.copyOf(problems);
    }

    static final EnvFile EMPTY = new EnvFile(Map.of(), List.of());

    static EnvFile parse(String text) {
        return new Reader(text).read();
    }

    private static final class Reader {
        private final List<String> rows;
        private final Map<String, Line> lines = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private int next;

        Reader(String text) {
            this.rows = text.lines().toList();
        }

        EnvFile read() {
            while (next < rows.size()) {
                int number = next + 1;
                String row = rows.get(next++).strip();
                if (!row.isEmpty() && row.charAt(0) != '#') {
                    readRow(row, number);
                }
            }
            return new EnvFile(lines, problems);
        }

        private void readRow(String row, int number) {
            int equals = row.indexOf('=');
            if (equals < 0) {
                problems.add(new Problem(number, "is not NAME=value"));
                return;
            }
            String name = row.substring(0, equals).strip();
            if (name.startsWith("export ") || name.startsWith("export\t")) {
                name = name.substring(7).strip();
            }
            if (!isName(name)) {
                problems.add(new Problem(number, "does not begin with a name of letters, digits and _"));
                return;
            }
            String rest = row.substring(equals + 1).strip();
            char first = rest.isEmpty() ? ' ' : rest.charAt(0);
            if (first == '"' || first == '\'') {
                readQuoted(name, rest, first, number);
            } else {
                lines.put(name, new Line(withoutComment(rest), number));
            }
        }

        private void readQuoted(String name, String start, char quote, int number) {
            var value = new StringBuilder();
            String row = start;
            int at = 1;
            int resume = next;
            while (true) {
                while (at < row.length() && row.charAt(at) != quote) {
                    if (row.charAt(at) == '\\' && quote == '"' && at + 1 < row.length()) {
                        value.append(unescape(row.charAt(++at)));
                    } else {
                        value.append(row.charAt(at));
                    }
                    at++;
                }
                if (at < row.length()) {
                    break;
                }
                if (next >= rows.size()) {
                    next = resume;
                    problems.add(new Problem(number, "opens a quote (" + quote + ") that is never closed"));
                    return;
                }
                value.append('\n');
                row = rows.get(next++);
                at = 0;
            }
            String after = row.substring(at + 1).strip();
            if (after.isEmpty() || after.charAt(0) == '#') {
                lines.put(name, new Line(value.toString(), number));
            } else {
                problems.add(new Problem(number, "has something after the closing quote"));
            }
        }

        private static String unescape(char escaped) {
            return switch (escaped) {
                case 'n' -> "\n";
                case 'r' -> "\r";
                case 't' -> "\t";
                case '"', '\\', '$', '\'' -> String.valueOf(escaped);
                default -> "\\" + escaped;
            };
        }

        private static String withoutComment(String value) {
            if (value.startsWith("#")) {
                return "";
            }
            for (int i = 1; i < value.length(); i++) {
                if (value.charAt(i) == '#' && Character.isWhitespace(value.charAt(i - 1))) {
                    return value.substring(0, i).strip();
                }
            }
            return value;
        }

        private static boolean isName(String name) {
            return !name.isEmpty()
                    && !Character.isDigit(name.charAt(0))
                    && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
        }
    }
}
