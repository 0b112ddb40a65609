package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads CSV as RFC 4180 describes it, with or without a byte order mark: quoted cells may contain separators, line
 * breaks and doubled quotation marks. Lines end with LF or CRLF; empty ones at the end are none, nor is any in a table with
 * comments. Strict: rows of another
 * length than the first, columns of the same name and text beside a quoted cell are malformed. Needs no stack. One document each; not thread-safe.
 */
public final class CsvReader {
    private final String text;
    private final CsvFormat format;
    private final PayloadLimits limits;
    private int at;
    private int cells;
    private int row;

    private CsvReader(String text, CsvFormat format, PayloadLimits limits) {
        this.text = text;
        this.format = format;
        this.limits = limits;
    }

    /** The document in {@code body}: a list of rows; the lines before the first are {@code @preamble}. */
    public static PayloadNode read(byte[] body, CsvFormat format, PayloadLimits limits) throws MalformedPayload {
        if (body.length > limits.bodyBytes()) {
            throw new MalformedPayload("the body is more than " + limits.bodyBytes() + " bytes");
        }
        return new CsvReader(BodyText.decode(body, format.charset()), format, limits).document();
    }

    private PayloadNode document() throws MalformedPayload {
        if (text.isBlank()) {
            throw new MalformedPayload("the body is empty");
        }
        if (text.stripLeading().startsWith("<")) {
            throw new MalformedPayload("a page of HTML or XML where CSV should be");
        }
        if (format.finalNewline() && !text.endsWith("\n")) {
            throw new MalformedPayload("the body ends within a line");
        }
        List<PayloadNode> preamble = new ArrayList<>();
        for (int line = 0; line < format.preamble(); line++) {
            preamble.add(node(line(), "line " + (line + 1)));
        }
        if (!format.heading().isEmpty()) {
            skipToTable();
        }
        Map<String, Integer> columns = new LinkedHashMap<>();
        int width = -1;
        List<PayloadNode> rows = new ArrayList<>();
        while (at < text.length()) {
            if (row > limits.elements()) {
                throw tooMany("rows", limits.elements());
            }
            if (width > 1 && startsEmptyLine() && (format.firstTable() || isBlankFrom(at))) {
                break;
            }
            if (!format.comment().isEmpty()
                    && (text.startsWith(format.comment(), at) || (width != 1 && startsEmptyLine()))) {
                skipLine();
                continue;
            }
            List<PayloadNode> cellsOfRow = row();
            if (width < 0) {
                width = cellsOfRow.size();
                if (format.header()) {
                    name(columns, cellsOfRow);
                    continue;
                }
            }
            if (cellsOfRow.size() != width) {
                throw new MalformedPayload("row " + row + " has " + cellsOfRow.size() + " cells, not " + width
                        + " (separator '" + format.separator() + "')");
            }
            rows.add(new CsvRow(columns, cellsOfRow, "row " + row));
        }
        // Nothing tells a table without rows from a text that is none.
        if (rows.isEmpty()) {
            throw new MalformedPayload("the body has no rows");
        }
        return new CsvDocument(preamble, rows);
    }

    /** The table begins in the line after its heading, which may be in quotation marks. */
    private void skipToTable() throws MalformedPayload {
        String quoted = '"' + format.heading() + '"';
        String line;
        do {
            line = line();
        } while (!line.equals(format.heading()) && !line.equals(quoted));
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private boolean startsEmptyLine() {
        return text.charAt(at) == '\n' || text.startsWith("\r\n", at);
    }

    private boolean isBlankFrom(int index) {
        for (int i = index; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void name(Map<String, Integer> columns, List<PayloadNode> header) throws MalformedPayload {
        for (PayloadNode cell : header) {
            String name = cell.text();
            if (name.length() > limits.nameLength()) {
                throw tooMany("characters in a column's name", limits.nameLength());
            }
            if (columns.put(name, columns.size()) != null) {
                throw new MalformedPayload("two columns have the same name");
            }
        }
    }

    private String line() throws MalformedPayload {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            throw new MalformedPayload("the body has no rows");
        }
        String line = text.substring(at, end);
        at = end + 1;
        return checked(line.strip());
    }

    private List<PayloadNode> row() throws MalformedPayload {
        row++;
        List<PayloadNode> found = new ArrayList<>();
        while (true) {
            if (found.size() >= limits.elements() || ++cells > limits.tokens()) {
                throw tooMany("cells", limits.tokens());
            }
            found.add(cell(found.size()));
            if (at >= text.length()) {
                return found;
            }
            char end = text.charAt(at++);
            if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                end = text.charAt(at++);
            }
            if (end == '\n') {
                return found;
            }
            if (end != format.separator()) {
                throw new MalformedPayload(
                        "row " + row + " has text beside a quoted cell (separator '" + format.separator() + "')");
            }
        }
    }

    private PayloadNode cell(int column) throws MalformedPayload {
        String place = "cell " + (column + 1) + " of row " + row;
        if (at < text.length() && text.charAt(at) == '"') {
            return node(quoted(place), place);
        }
        int from = at;
        while (at < text.length() && !endsCell(at)) {
            if (text.charAt(at) == '"') {
                throw new MalformedPayload(place + " has a quotation mark within it");
            }
            at++;
        }
        return node(text.substring(from, at).strip(), place);
    }

    private boolean endsCell(int index) {
        char c = text.charAt(index);
        return c == format.separator()
                || c == '\n'
                || (c == '\r' && index + 1 < text.length() && text.charAt(index + 1) == '\n');
    }

    private String quoted(String place) throws MalformedPayload {
        var value = new StringBuilder();
        at++;
        while (true) {
            int end = text.indexOf('"', at);
            if (end < 0) {
                throw new MalformedPayload(place + " has no closing quotation mark");
            }
            value.append(text, at, end);
            at = end + 1;
            if (at >= text.length() || text.charAt(at) != '"') {
                return value.toString();
            }
            value.append('"');
            at++;
        }
    }

    private PayloadNode node(String value, String place) throws MalformedPayload {
        return new TextNode(checked(value), place, format.marks(), limits);
    }

    private String checked(String value) throws MalformedPayload {
        if (value.length() > limits.textLength()) {
            throw tooMany("characters in a text", limits.textLength());
        }
        if (value.indexOf('\0') >= 0) {
            throw new MalformedPayload("row " + row + " has a NUL character");
        }
        return value;
    }

    private static MalformedPayload tooMany(String what, int most) {
        return new MalformedPayload("the body has more than " + most + " " + what);
    }
}
