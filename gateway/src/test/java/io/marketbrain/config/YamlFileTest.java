package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {

    @Test
    void joins_nested_keys_and_remembers_their_lines() {
        YamlFile file = YamlFile.parse("""
                # a note
                server:
                  port: 9000
                  host: "0.0.0.0"

                log.level: DEBUG
                """);
        assertThat(file.problems()).isEmpty();
        assertThat(file.values())
                .containsEntry("server.port", new YamlFile.Entry(List.of("server", "port"), "9000", 3))
                .containsEntry("server.host", new YamlFile.Entry(List.of("server", "host"), "0.0.0.0", 4))
                .containsEntry("log.level", new YamlFile.Entry(List.of("log.level"), "DEBUG", 6))
                .hasSize(3);
    }

    @Test
    void a_value_below_its_name_has_the_line_of_the_name() {
        assertThat(YamlFile.parse("server:\n  host:\n    0.0.0.0\n")
                        .values()
                        .get("server.host")
                        .line())
                .isEqualTo(2);
    }

    @Test
    void joins_lists_of_plain_values_by_commas() {
        YamlFile file = YamlFile.parse("live_providers: [coinbase, ecb]\nother:\n  - a\n  - b\n");
        assertThat(file.values().get("live_providers").text()).isEqualTo("coinbase,ecb");
        assertThat(file.values().get("other").text()).isEqualTo("a,b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server:\n", "server: ~\n", "server: null\n", "server: {}\n"})
    void a_key_with_nothing_is_there_and_empty(String text) {
        YamlFile file = YamlFile.parse(text);
        assertThat(file.problems()).isEmpty();
        assertThat(file.values().get("server").text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a note\n", "---\n", "{}\n"})
    void an_empty_file_holds_nothing(String text) {
        YamlFile file = YamlFile.parse(text);
        assertThat(file.problems()).isEmpty();
        assertThat(file.values()).isEmpty();
    }

    @Test
    void names_with_dots_keep_their_place_in_the_path() {
        YamlFile.Entry entry = YamlFile.parse("mock:\n  assets:\n    BRK.B:\n      base_price: 400\n")
                .values()
                .get("mock.assets.BRK.B.base_price");
        assertThat(entry.path()).containsExactly("mock", "assets", "BRK.B", "base_price");
    }

    @Test
    void broken_yaml_is_a_problem_with_its_line() {
        YamlFile file = YamlFile.parse("server:\n  port: [1, 2\nlog: x\n");
        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).startsWith("is not YAML: ");
            assertThat(problem.line()).isBetween(2, 3);
        });
    }

    @Test
    void tabs_as_indentation_are_a_problem_with_their_line() {
        assertThat(YamlFile.parse("server:\n\tport: 1\n").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(2));
    }

    @Test
    void a_key_that_stands_there_twice_is_a_problem() {
        assertThat(YamlFile.parse("server:\n  port: 1\nserver.port: 2\n").problems())
                .containsExactly(new YamlFile.Problem(3, "server.port appears twice"));
    }

    @Test
    void settings_that_are_no_mapping_are_a_problem() {
        assertThat(YamlFile.parse("just words\n").problems())
                .containsExactly(new YamlFile.Problem(1, "has a single value where settings are expected"));
        assertThat(YamlFile.parse("- a\n- b\n").problems())
                .containsExactly(new YamlFile.Problem(1, "has a list where settings are expected"));
    }

    @Test
    void a_list_of_mappings_is_a_problem() {
        assertThat(YamlFile.parse("live_providers:\n  - name: x\n").problems())
                .containsExactly(new YamlFile.Problem(2, "live_providers takes a list of plain values"));
    }

    @Test
    void a_mapping_that_contains_itself_is_a_problem_and_not_a_hang() {
        assertThat(YamlFile.parse("a: &x\n  b: *x\n").problems()).isNotEmpty();
    }

    @Test
    void two_documents_in_one_file_are_a_problem() {
        assertThat(YamlFile.parse("a: 1\n---\nb: 2\n").problems()).isNotEmpty();
    }
}
