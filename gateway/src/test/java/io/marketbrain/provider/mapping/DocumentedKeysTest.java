package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Operation;
import io.marketbrain.provider.mapping.response.FieldNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The keys that mappings know are those that docs/adding-a-provider.md has. */
class DocumentedKeysTest {
    /** Where a key is read from a descriptor: {@code json.has("rows")}, {@code PayloadPath.read(json, "path")}. */
    private static final Pattern KEY = Pattern.compile(
            "(?:\\.(?:has|[a-z]*[tT]exts?|flag|integers?|decimal|[a-z]*[oO]bjects?|choices?|parsed|each)\\(\\s*"
                    + "|\\((?:json|response|request|form|first), )\"([a-z][a-z_]+)\"");

    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\n]+`", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_]+");

    @Test
    void every_key_of_the_rules_is_documented() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/marketbrain/provider/mapping"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String code = Files.readString(file);
                KEY.matcher(code).results().forEach(key -> keys.add(key.group(1)));
            }
        }
        assertThat(keys).hasSizeGreaterThan(100).contains("rows", "path", "alternatives", "side_by_sign");
        assertThat(documented()).containsAll(keys);
    }

    @Test
    void every_field_of_an_operation_is_documented() throws IOException {
        assertThat(documented())
                .containsAll(Arrays.stream(Operation.values())
                        .flatMap(operation -> {
                            FieldNames names = FieldNames.of(operation);
                            return Stream.concat(names.required().stream(), names.optional().stream());
                        })
                        .toList());
    }

    /** The words of the page that are written as code. */
    private static Set<String> documented() throws IOException {
        String page = Files.readString(Path.of("../docs/adding-a-provider.md"));
        String language = page.substring(page.indexOf("## The language"));
        return CODE.matcher(language)
                .results()
                .flatMap(code -> WORD.matcher(code.group()).results())
                .map(word -> word.group())
                .collect(Collectors.toSet());
    }
}
