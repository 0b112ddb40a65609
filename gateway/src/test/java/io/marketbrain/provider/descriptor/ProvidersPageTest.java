package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.series.SeriesKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The overview of docs/providers.md says what the descriptors say. */
class ProvidersPageTest {
    private static final Path PAGE = Path.of("../docs/providers.md");

    /** To regenerate the tables, run this test with BRAIN_WRITE_EXAMPLES=1 in the environment. */
    private static final String BEGIN = "<!-- built-in providers -->\n";

    private static final String END = "<!-- end of built-in providers -->\n";

    private static final String BEGIN_SERIES = "<!-- series of instruments -->\n";

    private static final String END_SERIES = "<!-- end of series of instruments -->";

    @Test
    void the_overview_lists_exactly_the_descriptors() throws IOException {
        assertThat(between(BEGIN, END, table())).isEqualTo(table());
    }

    private static String table() {
        return Descriptors.builtIn().stream()
                .map(ProvidersPageTest::row)
                .collect(Collectors.joining(
                        "\n", "| provider | data about | operations | key |\n|---|---|---|---|\n", "\n"));
    }

    private static String row(IndexedDescriptor entry) {
        Descriptor descriptor = entry.descriptor().get();
        String types =
                descriptor.assetTypes().stream().map(AssetType::wire).sorted().collect(Collectors.joining(", "));
        String operations =
                descriptor.operations().stream().sorted().map(Operation::wire).collect(Collectors.joining(", "));
        String key = entry.keySetting().map(setting -> "`" + setting + "`").orElse("none");
        return "| `" + descriptor.id() + "` (" + descriptor.name() + ") | " + types + " | " + operations + " | " + key
                + " |";
    }

    @Test
    void the_table_of_series_lists_exactly_the_kinds_of_the_descriptors() throws IOException {
        assertThat(between(BEGIN_SERIES, END_SERIES, seriesTable())).isEqualTo(seriesTable());
    }

    /** What the page has between two marks; if it is to be regenerated, after it was replaced. */
    private static String between(String begin, String end, String table) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(begin) + begin.length();
        if (System.getenv("BRAIN_WRITE_EXAMPLES") != null) {
            page = page.substring(0, from) + table + page.substring(page.indexOf(end));
            Files.writeString(PAGE, page);
        }
        return page.substring(from, page.indexOf(end));
    }

    private static String seriesTable() {
        String kinds = Arrays.stream(SeriesKind.values())
                .map(kind -> "`" + kind + "`")
                .collect(Collectors.joining(" | ", "| provider | ", " |\n"));
        return Descriptors.builtIn().stream()
                .map(entry -> entry.descriptor().get())
                .filter(descriptor -> !descriptor.id().equals(ProviderId.MOCK)
                        && !descriptor.terms(Operation.SERIES).kinds().isEmpty())
                .map(ProvidersPageTest::seriesRow)
                .collect(Collectors.joining("\n", kinds + "|---|---|---|---|---|---|---|\n", "\n"));
    }

    private static String seriesRow(Descriptor descriptor) {
        return Arrays.stream(SeriesKind.values())
                .map(kind -> descriptor.terms(Operation.SERIES).nowOnly().contains(kind)
                        ? "now"
                        : descriptor.terms(Operation.SERIES).kinds().contains(kind) ? "yes" : "–")
                .collect(Collectors.joining(" | ", "| `" + descriptor.id() + "` | ", " |"));
    }
}
