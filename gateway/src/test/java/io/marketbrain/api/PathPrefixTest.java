package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** References in responses of a gateway that a reverse proxy publishes below {@code /brain}. */
class PathPrefixTest {
    @TempDir
    Path folder;

    private TestGateway gateway;
    private HttpClient client;

    @BeforeEach
    void start() {
        gateway = TestGateway.with(folder, "API_PATH_PREFIX", "/brain");
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    private HttpResponse<String> get(int port, String target) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return ContractDocument.JSON.readTree(response.body());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_reference_in_a_response_leads_back_through_the_proxy(boolean stripping) throws Exception {
        try (var proxy = new PrefixProxy("/brain", gateway.port(), stripping)) {
            var page = get(proxy.port(), "/brain/api/v1/candles/binance/BTCUSDT?from=2024-01-01&to=2024-01-03&limit=5");
            String link = page.headers().firstValue("Link").orElseThrow();
            assertThat(link).startsWith("</brain/api/v1/candles/binance/BTCUSDT?");
            var next = get(proxy.port(), link.substring(1, link.indexOf('>')));
            assertThat(json(next).at("/data/candles/0/open_time").asString()).isEqualTo("2024-01-01T05:00:00Z");

            for (String target : List.of("/nowhere", "/api/v1/data/nowhere/X", "/api/v1/data/binance/BTC")) {
                String type =
                        json(get(proxy.port(), "/brain" + target)).get("type").asString();
                assertThat(type).startsWith("/brain/problems/");
                assertThat(get(proxy.port(), type).statusCode()).isEqualTo(200);
            }
            String nested = json(get(proxy.port(), "/brain/api/v1/quotes?symbols=nowhere:X,binance:BTCUSDT"))
                    .at("/quotes/0/problem/type")
                    .asString();
            assertThat(nested).isEqualTo("/brain/problems/unknown-provider");

            JsonNode root = json(get(proxy.port(), "/brain/"));
            assertThat(get(proxy.port(), root.get("docs").asString()).statusCode())
                    .isEqualTo(200);
            assertThat(get(proxy.port(), root.get("health").asString()).statusCode())
                    .isEqualTo(200);
            assertThat(root.get("data_endpoint").asString()).isEqualTo("/brain/api/v1/data/{provider}/{symbol}");
            assertThat(proxy.outside).isEmpty();
        }
    }

    @Test
    void the_description_names_its_own_folder_as_the_server_and_the_problem_types_as_they_are_sent() throws Exception {
        JsonNode description = json(get(gateway.port(), "/openapi.json"));
        String server = description.at("/servers/0/url").asString();
        assertThat(URI.create("http://host/brain/openapi.json").resolve(server)).hasToString("http://host/brain/");
        assertThat(description
                        .at("/components/schemas/Problem/properties/type/enum/0")
                        .asString())
                .isEqualTo("/brain/problems/malformed-request");
        assertThat(description.at("/paths").propertyNames()).contains("/problems/{code}", "/api/v1/quotes");
    }

    @Test
    void paths_are_served_with_and_without_the_prefix_and_nothing_similar_is() throws Exception {
        assertThat(get(gateway.port(), "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(gateway.port(), "/brain/health/live").statusCode()).isEqualTo(200);
        assertThat(get(gateway.port(), "/brains/health/live").statusCode()).isEqualTo(404);
        assertThat(get(gateway.port(), "/brain/brain/health/live").statusCode()).isEqualTo(404);
        var bare = get(gateway.port(), "/brain");
        assertThat(bare.statusCode()).isEqualTo(308);
        assertThat(bare.headers().firstValue("Location")).hasValue("/brain/");
    }

    /** Anyone could send such a header, so the prefix is a setting. */
    @Test
    void no_header_of_a_request_changes_the_prefix() throws Exception {
        for (String name : List.of("X-Forwarded-Prefix", "X-Script-Name", "X-Forwarded-Host", "Forwarded")) {
            var response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/nowhere"))
                            .header(name, "/evil")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.body() + response.headers()).doesNotContain("evil");
        }
    }
}
