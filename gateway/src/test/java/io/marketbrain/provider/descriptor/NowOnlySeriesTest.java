package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Operation;
import io.marketbrain.model.series.SeriesKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What descriptors say in {@code now_only} follows from their requests. */
class NowOnlySeriesTest {
    private static final JsonMapper JSON = new JsonMapper();

    static List<Descriptor> descriptors() {
        return Descriptors.builtIn().stream()
                .map(entry -> entry.descriptor().get())
                .filter(descriptor ->
                        !descriptor.terms(Operation.SERIES).kinds().isEmpty())
                .toList();
    }

    /** A request that is for no range at all, and whose response is not a list of a known length, has the value of now. */
    @ParameterizedTest
    @MethodSource("descriptors")
    void a_kind_has_only_the_value_of_now_if_a_request_cannot_have_a_range(Descriptor descriptor) throws IOException {
        JsonNode mapping;
        try (InputStream file = Descriptors.class.getResourceAsStream("/providers/" + descriptor.id() + ".json")) {
            mapping = JSON.readTree(file).path("mapping");
        }
        JsonNode definitions = mapping.path("definitions");
        Set<String> expected = new TreeSet<>();
        for (String group : List.of("contracts", "inverse")) {
            for (SeriesKind kind : descriptor.terms(Operation.SERIES).kinds()) {
                JsonNode operation = defined(definitions, mapping.path(group).path(kind.wire()));
                JsonNode request = defined(definitions, operation.path("request"));
                JsonNode response = defined(definitions, operation.path("response"));
                for (JsonNode one : request.has("alternatives") ? request.get("alternatives") : List.of(request)) {
                    String without = defined(definitions, one).path("without").toString();
                    if (without.contains("\"from\"")
                            && without.contains("\"to\"")
                            && !response.has("newest")
                            && !response.has("oldest")) {
                        expected.add(kind.wire());
                    }
                }
            }
        }
        assertThat(descriptor.terms(Operation.SERIES).nowOnly())
                .extracting(SeriesKind::wire)
                .as(descriptor.id().value())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static JsonNode defined(JsonNode definitions, JsonNode named) {
        return named.isString() ? definitions.path(named.asString()) : named;
    }
}
