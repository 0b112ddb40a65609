package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;

/** The examples in the OpenAPI document are real responses of this gateway. */
class OpenApiExamplesTest {
    private static final Path EXAMPLES = Path.of("src/main/openapi/components/examples.json");

    private static final PrettyPrinter PRETTY =
            new DefaultPrettyPrinter(Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER));

    @TempDir
    Path folder;

    /** To rewrite the file, run this test with BRAIN_WRITE_EXAMPLES=1 in the environment. */
    @Test
    void every_example_is_what_the_gateway_responds() throws IOException {
        JsonNode served = ServedExamples.record(folder);
        if (System.getenv("BRAIN_WRITE_EXAMPLES") != null) {
            Files.writeString(
                    EXAMPLES, ContractDocument.JSON.writer().with(PRETTY).writeValueAsString(served) + "\n");
        }
        JsonNode described = ContractDocument.JSON.readTree(Files.readString(EXAMPLES));
        assertThat(described.propertyNames()).containsExactlyInAnyOrderElementsOf(served.propertyNames());
        served.properties()
                .forEach(example -> assertThat(described.get(example.getKey()).toPrettyString())
                        .as(example.getKey())
                        .isEqualTo(example.getValue().toPrettyString()));
    }
}
