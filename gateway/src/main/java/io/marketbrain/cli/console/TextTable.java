package io.marketbrain.cli.console;

import java.util.ArrayList;
import java.util.List;

/**
 * A plain-text table: a header row, aligned columns, numbers right-aligned. A long table can be written in blocks, of
 * which each has the column widths of the ones before, or wider ones. Not thread-safe.
 */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;
    private final boolean[] numbers;
    private boolean headWritten;

    public TextTable(String... head) {
        rows.add(List.of(head));
        widths = new int[head.length];
        numbers = new boolean[head.length];
    }

    public void add(List<String> row) {
        rows.add(List.copyOf(row));
    }

    /** The number of rows that the next block has. */
    public int pending() {
        return rows.size() - (headWritten ? 0 : 1);
    }

    /** The rows that were added since the last block; in the first block also the header. */
    public String block() {
        String block = toString();
        rows.clear();
        headWritten = true;
        return block;
    }

    /** The rows of the next block. */
    @Override
    public String toString() {
        int columns = widths.length;
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] = rows.stream().mapToInt(row -> row.get(column).length()).reduce(widths[c], Math::max);
            if (!headWritten) {
                numbers[c] = rows.size() > 1
                        && rows.stream().skip(1).map(row -> row.get(column)).allMatch(TextTable::isNumber);
            }
        }
        var out = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String cell = row.get(c);
                String pad = " ".repeat(widths[c] - cell.length());
                line.append(c == 0 ? "" : GAP).append(numbers[c] ? pad + cell : cell + pad);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static boolean isNumber(String cell) {
        return cell.isEmpty()
                || cell.equals("-")
                || (cell.indexOf('.') == cell.lastIndexOf('.')
                        && cell.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-'));
    }
}
