package io.marketbrain.cli.rows;

import java.util.regex.Pattern;

/** A cell of a CSV (RFC 4180). A text that a spreadsheet would take for a formula starts with an apostrophe. Pure. */
final class CsvCell {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final String FORMULA_OPENINGS = "=+-@\t\r";

    private CsvCell() {}

    static String of(String text) {
        boolean formula = !text.isEmpty()
                && FORMULA_OPENINGS.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        String safe = formula ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
