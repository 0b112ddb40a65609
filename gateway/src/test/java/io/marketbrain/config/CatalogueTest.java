package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.Descriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every setting, those to come included. */
class CatalogueTest {
    private static final Path EXAMPLE = Path.of("../.env.example");
    static final List<Setting> CATALOGUE = ConfigLoader.catalogue(Descriptors.builtIn());

    @TempDir
    Path folder;

    /** To write the file anew, run this test with BRAIN_WRITE_EXAMPLES=1 in the environment. */
    @Test
    void the_example_file_lists_exactly_the_catalogue() throws IOException {
        String expected = EnvExample.of(CATALOGUE);
        if (System.getenv("BRAIN_WRITE_EXAMPLES") != null) {
            Files.writeString(EXAMPLE, expected);
        }
        assertThat(Files.readString(EXAMPLE)).isEqualTo(expected);
    }

    @Test
    void names_are_unique_and_everything_is_explained() {
        assertThat(CATALOGUE).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(CATALOGUE)
                .extracting(Setting::environmentName)
                .filteredOn(name -> !name.isEmpty())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Z][A-Z0-9_]*"));
        assertThat(CATALOGUE).allSatisfy(setting -> {
            assertThat(setting.description()).as(setting.key()).endsWith(".").hasSizeGreaterThan(15);
            assertThat(setting.allowed()).as(setting.key()).isNotBlank();
        });
    }

    @Test
    void the_example_file_as_it_stands_changes_nothing_and_uncommented_it_sets_the_defaults() throws IOException {
        Loading.Loaded plain = load("");
        Loading.Loaded copied = load(EnvExample.of(CATALOGUE));
        assertThat(copied.config()).isEqualTo(plain.config());
        Loading.Loaded uncommented = load(EnvExample.of(CATALOGUE).replaceAll("(?m)^#(?=[A-Z])", ""));
        assertThat(uncommented.config()).isEqualTo(plain.config());
        assertThat(uncommented.settings())
                .filteredOn(s -> !s.setting().fallback().isEmpty()
                        && !s.setting().environmentName().isEmpty())
                .isNotEmpty()
                .allMatch(s -> s.origin().kind() == Origin.Kind.ENV_FILE);
    }

    /** A record holds its own lower limits, also where nobody reads a file. */
    @Test
    void what_is_below_a_range_the_records_refuse_by_themselves() {
        var catalogue = new SettingsReader(ValueSources.NONE);
        var _ = Sections.read(catalogue, Descriptors.builtIn());
        List<String> accepted = new ArrayList<>();
        int tried = 0;
        for (EffectiveSetting s : catalogue.settings()) {
            if (s.setting().key().contains("<")) {
                continue;
            }
            for (String text : catalogue.senseless().getOrDefault(s.setting().key(), List.of())) {
                tried++;
                var sources = new ValueSources(
                        Map.of(s.setting().key(), text), Map.of(), Map.of(), "", EnvFile.EMPTY, "", YamlFile.EMPTY);
                var unchecked = new SettingsReader(sources, false);
                var _ = Sections.read(unchecked, Descriptors.builtIn());
                if (unchecked.problems().isEmpty()) {
                    accepted.add(s.setting().key() + "=" + text);
                }
            }
        }
        assertThat(tried).isPositive();
        assertThat(accepted).as("values that a constructor should refuse").isEmpty();
    }

    private Loading.Loaded load(String env) throws IOException {
        Files.writeString(folder.resolve(".env"), env);
        var inputs = new ConfigInputs(Map.of(), Map.of(), Map.of(), folder, folder, Optional.empty());
        return (Loading.Loaded) ConfigLoader.load(inputs, Descriptors.builtIn());
    }
}
