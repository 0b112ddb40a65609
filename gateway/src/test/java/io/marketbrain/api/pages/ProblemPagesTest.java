package io.marketbrain.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ApiFixture;
import io.marketbrain.api.ContractDocument;
import io.marketbrain.api.FailureSamples;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.ProblemTypes;
import io.marketbrain.http.RawClient;
import io.marketbrain.model.Failure;
import java.io.IOException;
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

    /** The contract describes what programs get, so that this reads the wire. */
    @Test
    void browsers_get_a_problem_as_a_page_and_programs_as_a_document() throws Exception {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES);
                var wire = new RawClient(fixture.client.port())) {
            String path = "/api/v1/data/nowhere/%3Cb%3E";
            RawClient.Answer page = ask(wire, path, "text/html,application/xhtml+xml,*/*;q=0.8");
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.headers().get("content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(page.headers().get("content-security-policy")).contains("style-src 'self'");
            assertThat(page.headers().get("vary")).contains("Accept");
            assertThat(page.body())
                    .contains(
                            "<h1>No such provider</h1>",
                            "href=\"../../../../assets/page.css\"",
                            "../../../../problems/unknown-provider",
                            "What to do")
                    .doesNotContain("<b>");
            for (String accept : List.of("*/*", "application/json", "application/problem+json, text/html;q=0.5")) {
                RawClient.Answer document = ask(wire, path, accept);
                assertThat(document.headers().get("content-type")).isEqualTo("application/problem+json");
                assertThat(document.body()).startsWith("{\"type\":\"/problems/unknown-provider\"");
            }
            assertThat(ask(wire, "/nope", "text/html").body()).contains("<h1>No such path</h1>", "href=\"./assets/");
        }
    }

    private static RawClient.Answer ask(RawClient wire, String path, String accept) throws IOException {
        return wire.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept + "\r\n\r\n")
                .answer();
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
