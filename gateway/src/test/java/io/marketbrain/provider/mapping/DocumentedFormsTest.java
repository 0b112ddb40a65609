package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies as the providers document them, beside the recorded ones: other formats and older versions of the same operation,
 * missing and null values, empty answers and errors. The table is {@code providers/documented-forms.txt}: a provider, what was
 * asked, the status, what the answer is, and the body in the next line.
 */
class DocumentedFormsTest {

    static List<Arguments> forms() throws IOException {
        List<Arguments> forms = new ArrayList<>();
        try (var in = DocumentedFormsTest.class.getResourceAsStream("/providers/documented-forms.txt")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
            for (int i = 0; i < lines.size(); i += 2) {
                String[] form = lines.get(i).split(" \\| ", -1);
                forms.add(Arguments.of(form[0], form[1], Integer.parseInt(form[2]), form[3], lines.get(i + 1)));
            }
        }
        return forms;
    }

    @ParameterizedTest(name = "{0}: {1} is {3}")
    @MethodSource("forms")
    void a_documented_form_is_read(String provider, String asked, int status, String expected, String body) {
        String sent = body.replace("\\r", "\r").replace("\\n", "\n");
        assertThat(DocumentedForms.read(provider, asked, status, sent)).isEqualTo(expected);
    }
}
