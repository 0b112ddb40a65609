package io.marketbrain.model.text;

/**
 * Writes texts as cells of CSV (RFC 4180). A text that a spreadsheet would run as a formula is preceded by an apostrophe,
 * which makes it a text there (OWASP, "CSV Injection"). Numbers are written as they are, negative ones too. Pure.
 */
public final class CsvCell {
    private static final String FORMULA_OPENINGS = "=+-@\t\r\n";

    private CsvCell() {}

    /** The cell of a text, quoted where needed. */
    public static String of(String text) {
        boolean formula = !text.isEmpty() && FORMULA_OPENINGS.indexOf(text.charAt(0)) >= 0 && !isNumber(text);
        String shown = formula ? "'" + text : text;
        boolean quoted = shown.chars().anyMatch(c -> c == ',' || c == ';' || c == '"' || c < ' ')
                || shown.startsWith(" ")
                || shown.endsWith(" ");
        return quoted ? '"' + shown.replace("\"", "\"\"") + '"' : shown;
    }

    /** Digits with a sign, one decimal point and an exponent at the most. */
    private static boolean isNumber(String text) {
        return text.matches("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    }
}
