package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a user is told about a provider. */
class ProviderNotesTest {
    @TempDir
    Path folder;

    @Test
    void a_provider_has_its_documentation_its_terms_and_what_to_know_about_it() {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode stooq = gateway.get("/api/v1/providers/stooq").json().get("provider");
            assertThat(stooq.get("documentation").asString()).startsWith("https://");
            assertThat(stooq.get("terms").asString()).startsWith("https://");
            assertThat(stooq.get("notes").asString()).contains("need a key, which is free");
            assertThat(gateway.get("/api/v1/providers/mock")
                            .json()
                            .at("/provider/notes")
                            .isNull())
                    .isTrue();
        }
    }
}
