package io.marketbrain.cli.console;

import java.util.ArrayList;
import java.util.List;

/** A plain-text table: a header row, aligned columns, numbers right-aligned. Not thread-safe. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... head) {
        rows.add(List.of(head));
    }

    public void add(List<String> row) {
        rows.add(List.copyOf(row));
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            numbers[c] = rows.size() > 1
                    && rows.stream().skip(1).map(row -> row.get(column)).allMatch(TextTable::isNumber);
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
