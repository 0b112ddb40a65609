package io.marketbrain.payload;

/**
 * How a provider writes its CSV.
 *
 * @param separator the character between two cells
 * @param header whether the first row names the columns
 * @param preamble how many lines stand before the first row
 * @param heading the line before the table in a document that has other tables before it; empty if it has none
 * @param decimalMark the character between a number's whole part and its fraction: a point or a comma
 * @param finalNewline whether every document ends with a line break, so that one without it is incomplete
 * @param firstTable whether an empty line may end the table, after which another one follows that does not count
 */
public record CsvFormat(
        char separator,
        boolean header,
        int preamble,
        String heading,
        char decimalMark,
        boolean finalNewline,
        boolean firstTable) {
    /** Comma-separated, with names of columns and nothing before them. */
    public static final CsvFormat USUAL = new CsvFormat(',', true, 0, "", '.', false, false);

    public CsvFormat {
        if (separator == '"' || separator == '\n' || separator == '\r' || separator == decimalMark) {
            throw new IllegalArgumentException("a separator is no quotation mark, line break or decimal mark");
        }
    }
}
