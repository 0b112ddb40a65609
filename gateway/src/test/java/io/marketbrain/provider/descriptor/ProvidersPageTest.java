package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The overview of docs/providers.md says what the descriptors say. */
class ProvidersPageTest {
    private static final Path PAGE = Path.of("../docs/providers.md");
    private static final String BEGIN = "<!-- built-in providers -->\n";
    private static final String END = "<!-- end of built-in providers -->\n";

    /** To regenerate the table, run this test with BRAIN_WRITE_EXAMPLES=1 in the environment. */
    @Test
    void the_overview_lists_exactly_the_descriptors() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (System.getenv("BRAIN_WRITE_EXAMPLES") != null) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
        }
        assertThat(Files.readString(PAGE).substring(begin, begin + table().length()))
                .isEqualTo(table());
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
}
