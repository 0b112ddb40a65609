package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the bodies that each case of the contract tried, and keeps the table in docs/providers.md the same. Rows are compared
 * only after all cases of a provider have run.
 */
final class ContractReport {
    private static final Path PAGE = Path.of("../docs/providers.md");
    private static final String START = "<!-- cases -->\n";
    private static final String END = "<!-- end of cases -->\n";

    /** The columns, and the numbers of the cases in each. */
    private static final Map<String, List<Integer>> COLUMNS = columns();

    /** Counts by provider, operation and case. */
    private static final Map<String, Map<Operation, Map<Integer, AtomicInteger>>> COUNTS = new ConcurrentHashMap<>();

    private ContractReport() {}

    private static Map<String, List<Integer>> columns() {
        var columns = new LinkedHashMap<String, List<Integer>>();
        columns.put("data", List.of(6));
        columns.put("errors", List.of(7));
        columns.put("lists", List.of(8));
        columns.put("order, limits", List.of(9, 10, 30));
        columns.put("cut, damaged", List.of(11, 12, 13, 14));
        columns.put("statuses", List.of(15, 16, 17, 18, 19, 21, 23, 33, 34));
        columns.put("unknown", List.of(20));
        columns.put("changed", List.of(25, 26, 32));
        columns.put("digits", List.of(27, 28));
        columns.put("≤ 0", List.of(29));
        columns.put("added", List.of(31));
        return columns;
    }

    static void count(int contractCase, MarketQuery query) {
        COUNTS.computeIfAbsent(query.provider().value(), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(query.operation(), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(contractCase, _ -> new AtomicInteger())
                .incrementAndGet();
    }

    /** Compares the rows of a provider with the page, or writes them with BRAIN_WRITE_EXAMPLES=1 in the environment. */
    static void compare(String provider) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(START) + START.length();
        int end = page.indexOf(END);
        String head = "| provider | operation | " + String.join(" | ", COLUMNS.keySet()) + " |\n|---|---"
                + "|---".repeat(COLUMNS.size()) + "|\n";
        var rows = new TreeMap<String, List<String>>();
        page.substring(start, end)
                .lines()
                .skip(2)
                .forEach(row -> rows.computeIfAbsent(row.split("`")[1], _ -> new ArrayList<>())
                        .add(row));
        List<String> own = rows(provider);
        if (System.getenv("BRAIN_WRITE_EXAMPLES") == null) {
            assertThat(rows.getOrDefault(provider, List.of()))
                    .as("the rows of " + provider + " in " + PAGE)
                    .isEqualTo(own);
            return;
        }
        rows.put(provider, own);
        var table = new StringBuilder(head);
        rows.values().forEach(lines -> lines.forEach(line -> table.append(line).append('\n')));
        Files.writeString(PAGE, page.substring(0, start) + table + page.substring(end));
    }

    private static List<String> rows(String provider) {
        var rows = new ArrayList<String>();
        new TreeMap<>(COUNTS.getOrDefault(provider, Map.of())).forEach((operation, counts) -> {
            var row = new StringBuilder("| `" + provider + "` | " + operation.wire());
            for (List<Integer> cases : COLUMNS.values()) {
                int sum = cases.stream()
                        .mapToInt(one ->
                                counts.getOrDefault(one, new AtomicInteger()).get())
                        .sum();
                row.append(" | ").append(sum == 0 ? "–" : sum);
            }
            rows.add(row.append(" |").toString());
        });
        return rows;
    }
}
