package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The index says what the descriptors say, and reading it reads none of them. */
class DescriptorIndexTest {
    private static final Path FOLDER = Path.of("src/main/resources/providers");
    private static final Path INDEX = FOLDER.resolve("index.tsv");

    /** To regenerate the index, run this test with BRAIN_WRITE_EXAMPLES=1 in the environment. */
    @Test
    void the_index_lists_exactly_the_descriptors() throws IOException {
        String head = Files.readString(INDEX)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        String expected = head
                + ids().stream()
                        .map(id -> IndexedDescriptor.of(DescriptorReader.builtIn(id))
                                        .line() + "\n")
                        .collect(Collectors.joining());
        if (System.getenv("BRAIN_WRITE_EXAMPLES") != null) {
            Files.writeString(INDEX, expected);
        }
        assertThat(Files.readString(INDEX)).isEqualTo(expected);
    }

    /** The ids of the files, without the mock market, which is no provider to configure. */
    private static List<String> ids() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.equals("mock.json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_descriptor_is_read_when_it_is_asked_for_and_once() {
        List<String> read = new ArrayList<>();
        List<IndexedDescriptor> index = Descriptors.index(
                "# a comment\nbinance\tBinance\thttps://x.example\tK\tS\nkraken\tKraken\thttps://y.example\t-\t-\n",
                id -> {
                    read.add(id);
                    return DescriptorReader.builtIn(id);
                });
        assertThat(index).extracting(entry -> entry.id().value()).containsExactly("binance", "kraken");
        assertThat(index.getFirst().keySetting()).contains("K");
        assertThat(index.getFirst().secretSetting()).contains("S");
        assertThat(index.getLast().keySetting()).isEmpty();
        assertThat(read).isEmpty();
        Descriptor kraken = index.getLast().descriptor().get();
        assertThat(index.getLast().descriptor().get()).isSameAs(kraken);
        assertThat(read).containsExactly("kraken");
    }

    @Test
    void a_line_with_a_field_too_few_is_refused() {
        assertThatThrownBy(() -> Descriptors.index("binance\tBinance\n", DescriptorReader::builtIn))
                .hasMessageContaining("5 fields");
    }
}
