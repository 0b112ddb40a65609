package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.descriptor.Descriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
        ConfigResult.Loaded plain = load("");
        ConfigResult.Loaded copied = load(EnvExample.of(CATALOGUE));
        assertThat(copied.config()).isEqualTo(plain.config());
        ConfigResult.Loaded uncommented = load(EnvExample.of(CATALOGUE).replaceAll("(?m)^#(?=[A-Z])", ""));
        assertThat(uncommented.config()).isEqualTo(plain.config());
        assertThat(uncommented.settings())
                .filteredOn(s -> !s.setting().fallback().isEmpty()
                        && !s.setting().environmentName().isEmpty())
                .isNotEmpty()
                .allMatch(s -> s.origin().kind() == Origin.Kind.ENV_FILE);
    }

    /** A record holds its own limits, also where nobody reads a file. */
    @Test
    void what_is_outside_a_range_the_records_refuse_by_themselves() {
        List<String> accepted = new ArrayList<>();
        int tried = 0;
        for (String key : ranged()) {
            for (String text : READER.outside().getOrDefault(key, List.of())) {
                tried++;
                var sources =
                        new ValueSources(Map.of(key, text), Map.of(), Map.of(), "", EnvFile.EMPTY, "", YamlFile.EMPTY);
                var unchecked = new SettingsReader(sources, false);
                var _ = SettingsCatalog.read(unchecked, Descriptors.builtIn());
                if (unchecked.problems().isEmpty()) {
                    accepted.add(key + "=" + text);
                }
            }
        }
        assertThat(tried).isGreaterThan(200);
        assertThat(accepted).as("values that a constructor should refuse").isEmpty();
    }

    @Test
    void both_ends_of_each_documented_range_are_accepted() {
        List<String> refused = new ArrayList<>();
        for (String key : ranged()) {
            List<String> ends = READER.ends().get(key);
            for (int end = 0; end < ends.size(); end++) {
                if (start(Map.of(key, ends.get(end))) instanceof ConfigResult.Refused alone) {
                    // Only the documented relation to other settings may forbid it, and with them at the same end it
                    // holds.
                    assertThat(alone.problems()).singleElement().asString().contains(" and ");
                    Map<String, String> together = new HashMap<>(Map.of(key, ends.get(end)));
                    for (String other : related(key)) {
                        together.put(other, READER.ends().get(other).get(end));
                    }
                    assertThat(together).as(key).hasSizeGreaterThan(1);
                    if (start(together) instanceof ConfigResult.Refused still) {
                        refused.addAll(still.problems());
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void one_step_outside_is_refused_with_the_setting_the_value_and_the_range() {
        for (String key : ranged()) {
            String allowed = setting(key).allowed();
            for (String text : READER.outside().get(key)) {
                assertThat(start(Map.of(key, text)))
                        .as(key + "=" + text)
                        .isInstanceOfSatisfying(
                                ConfigResult.Refused.class,
                                refused -> assertThat(refused.problems())
                                        .containsExactly("--set " + key + ": " + key + " is '" + text
                                                + "', but must be " + allowed));
            }
        }
    }

    private static final SettingsReader READER = reader();

    private static SettingsReader reader() {
        var reader = new SettingsReader(ValueSources.NONE);
        var _ = SettingsCatalog.read(reader, Descriptors.builtIn());
        return reader;
    }

    /** The settings with a range, but those below a name that users choose. */
    private static List<String> ranged() {
        List<String> keys = READER.ends().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(key -> !key.contains("<"))
                .toList();
        assertThat(keys).hasSizeGreaterThan(100);
        return keys;
    }

    private static Setting setting(String key) {
        return CATALOGUE.stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** The settings that the documented relation of this one names, and those that theirs name. */
    private static Set<String> related(String key) {
        Set<String> related = new TreeSet<>(Set.of(key));
        int before = 0;
        while (related.size() > before) {
            before = related.size();
            for (String known : List.copyOf(related)) {
                CATALOGUE.stream()
                        .map(Setting::key)
                        .filter(other -> !READER.ends().get(other).isEmpty())
                        .filter(other -> setting(known).allowed().contains(other))
                        .forEach(related::add);
            }
        }
        related.remove(key);
        return related;
    }

    private ConfigResult start(Map<String, String> flags) {
        return ConfigLoader.load(
                new ConfigInputs(flags, Map.of(), Map.of(), folder, folder, Optional.empty()), Descriptors.builtIn());
    }

    private ConfigResult.Loaded load(String env) throws IOException {
        Files.writeString(folder.resolve(".env"), env);
        var inputs = new ConfigInputs(Map.of(), Map.of(), Map.of(), folder, folder, Optional.empty());
        return (ConfigResult.Loaded) ConfigLoader.load(inputs, Descriptors.builtIn());
    }
}
