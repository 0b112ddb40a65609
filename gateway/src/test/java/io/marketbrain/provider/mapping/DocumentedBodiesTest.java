package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bodies in docs/adding-a-provider.md are read by the rules beside them. */
class DocumentedBodiesTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    static List<String> bodies() throws IOException {
        String page = Files.readString(Path.of("../docs/adding-a-provider.md"));
        return page.substring(page.indexOf("<!-- bodies -->"), page.indexOf("<!-- /bodies -->"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_documented_body_is_read(String line) {
        List<String> cells =
                CODE.matcher(line).results().map(code -> code.group(1)).toList();
        String body = cells.get(0).replace("\\n", "\n");
        String payload = line.contains("(CSV)") ? "csv" : line.contains("(XML)") ? "xml" : "json";
        var sample = MappedSample.of("series")
                .terms("{'payload': '" + payload + "'}")
                .response("{'rows': " + cells.get(1) + ", 'fields': {'time': {'path': " + path(cells.get(2))
                        + ", 'format': 'date'}, 'value': " + path(cells.get(3)) + "}}");
        var series = (Series) sample.data(new SeriesQuery(MappedSample.ACME, "X", null, null, 10), body);
        assertThat(series.observations())
                .containsExactly(new Observation(Instant.parse("2026-01-02T00:00:00Z"), new BigDecimal("1.5")));
    }

    private static String path(String cell) {
        return cell.startsWith("[") || cell.startsWith("\"") ? cell : "'" + cell + "'";
    }
}
