package io.marketbrain.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ApiFixture;
import io.marketbrain.api.ContractDocument;
import io.marketbrain.api.FailureSamples;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.ProblemTypes;
import io.marketbrain.model.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages at the type URIs of problems. */
class ProblemPagesTest {
    @Test
    void every_documented_type_has_a_page_that_says_what_to_do() {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            List<String> described = new ArrayList<>();
            new ContractDocument()
                    .document()
                    .at("/components/schemas/Problem/properties/type/enum")
                    .forEach(type -> described.add(type.asString()));
            assertThat(ProblemTypes.ALL)
                    .extracting(type -> "/problems/" + type.code())
                    .containsExactlyElementsOf(described);
            for (var type : ProblemTypes.ALL) {
                String path = "/problems/" + type.code();
                var text = fixture.client.get(path);
                assertThat(text.status()).isEqualTo(200);
                assertThat(text.text()).contains(type.title(), path, "What to do: ");
                var page = fixture.client.get(path, "Accept", "text/html");
                assertThat(page.header("Content-Type")).startsWith("text/html");
                assertThat(page.text()).contains("<h1>" + type.title(), path);
                assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
            }
            var none = fixture.client.get("/problems/nothing");
            assertThat(none.status()).isEqualTo(404);
        }
    }

    @Test
    void the_list_of_problems_leads_to_every_type() {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            String text = fixture.client.get("/problems").text();
            String page = fixture.client.get("/problems", "Accept", "text/html").text();
            for (var type : ProblemTypes.ALL) {
                assertThat(text).contains("/problems/" + type.code() + ": " + type.title());
                assertThat(page).contains("<a href=\"problems/" + type.code() + "\">" + type.title());
            }
        }
    }

    @Test
    void titles_and_statuses_are_those_of_the_failures() {
        for (Failure failure : FailureSamples.ONE_OF_EACH) {
            var type = ProblemTypes.find(failure.code()).orElseThrow();
            assertThat(type.title()).isEqualTo(ProblemResponses.title(failure));
            if (!(failure instanceof Failure.NoProviderAnswered)) {
                assertThat(type.status()).as(failure.code()).isEqualTo(ProblemResponses.status(failure));
            }
        }
    }
}
