package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Operation;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.provider.mapping.response.FieldNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys that mappings know are those of the tables in docs/adding-a-provider.md, and the other way around. */
class DocumentedKeysTest {
    /** Where a key is read from a descriptor, not a field from a row: {@code json.has("rows")}, {@code PayloadPath.read(json, "path")}. */
    private static final Pattern KEY = Pattern.compile(
            "(?:(?<!fields|fields\\(\\))\\.(?:has|[a-z]*[tT]exts?|flag|integers?|decimal|[a-z]*[oO]bjects?|choices?|parsed|each|withDefinitions)"
                    + "\\(\\s*|\\((?:json|response|request|form|first|descriptor, json), )\"([a-z][a-z_]+)\"");

    /** Keys that are no literals in the code: the constants of an enum. */
    private static final Set<String> OPERATORS = Set.of("times", "plus", "minus");

    private static final Pattern CODE = Pattern.compile("`([a-z][a-z_]+)`");

    @Test
    void the_tables_have_the_keys_of_the_rules() throws IOException {
        Set<String> keys = new TreeSet<>(OPERATORS);
        Stream.of(Operation.values()).map(Operation::wire).forEach(keys::add);
        Stream.of(SeriesKind.values()).map(SeriesKind::wire).forEach(keys::add);
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/marketbrain/provider/mapping"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                keys.addAll(words(KEY, Files.readString(file)));
            }
        }
        assertThat(keys).hasSizeGreaterThan(100);
        Set<String> documented = rows().filter(row -> row.startsWith("| `"))
                .flatMap(row -> words(CODE, row.substring(0, row.indexOf(" | "))).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(keys);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void the_row_of_an_operation_has_its_fields(Operation operation) throws IOException {
        FieldNames names = FieldNames.of(operation);
        String row = rows().filter(line -> line.startsWith("| " + operation.wire() + " | "))
                .findFirst()
                .orElseThrow();
        assertThat(words(Pattern.compile("[a-z_]+"), row))
                .containsAll(names.required())
                .containsAll(names.optional());
    }

    private static Stream<String> rows() throws IOException {
        String page = Files.readString(Path.of("../docs/adding-a-provider.md"));
        return page.substring(page.indexOf("## The language")).lines().filter(line -> line.startsWith("|"));
    }

    private static Set<String> words(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.groupCount() == 0 ? found.group() : found.group(1))
                .collect(Collectors.toSet());
    }
}
