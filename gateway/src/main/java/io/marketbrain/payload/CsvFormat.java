package io.marketbrain.payload;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a provider writes its CSV.
 *
 * @param separator the character between two cells
 * @param header whether the first row names the columns
 * @param preamble how many lines stand before the first row
 * @param heading the line before the table in a document that has other tables before it; empty if it has none
 * @param marks how numbers are written
 * @param finalNewline whether every document ends with a line break, so that one without it is incomplete
 * @param firstTable whether an empty line may end the table, after which another one follows that does not count
 * @param comment what lines begin with that do not count, such as {@code #}; empty if there are none
 * @param charset the encoding
 */
public record CsvFormat(
        char separator,
        boolean header,
        int preamble,
        String heading,
        NumberMarks marks,
        boolean finalNewline,
        boolean firstTable,
        String comment,
        Charset charset) {
    /** Comma-separated, with names of columns and nothing before them. */
    public static final CsvFormat USUAL =
            new CsvFormat(',', true, 0, "", NumberMarks.USUAL, false, false, "", StandardCharsets.UTF_8);

    public CsvFormat {
        if (separator == '"' || separator == '\n' || separator == '\r' || separator == marks.decimal()) {
            throw new IllegalArgumentException("a separator is no quotation mark, line break or decimal mark");
        }
    }
}
