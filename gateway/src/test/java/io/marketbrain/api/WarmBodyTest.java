package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.RawClient;
import io.marketbrain.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A request body that reaches an endpoint: the symbols to warm, as JSON. */
@Timeout(60)
class WarmBodyTest {
    private static final String PATH = "/api/v1/background/warm-cache";
    private static final String TWO = "{\"symbols\": [\"exchange:BTCUSDT\", \"exchange:ETHUSDT\"]}";

    private final List<String> warmed = new CopyOnWriteArrayList<>();
    private final ApiFixture fixture = new ApiFixture(ApiFixture.SAMPLES);

    WarmBodyTest() {
        fixture.warming = Optional.of((queries, call) -> {
            queries.forEach(query -> warmed.add(query.subject()));
            return Outcome.success(queries.size());
        });
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private RawClient.Answer post(String query, String headers, String body) throws Exception {
        try (RawClient wire = new RawClient(fixture.port())) {
            String utf8 = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return wire.send("POST " + PATH + query + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: "
                            + utf8.length() + "\r\n\r\n" + utf8)
                    .answer();
        }
    }

    private RawClient.Answer post(String body) throws Exception {
        return post("", "Content-Type: application/json\r\n", body);
    }

    private static void isProblem(RawClient.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        JsonNode problem = ContractDocument.JSON.readTree(answer.body());
        assertThat(problem.get("type").asString()).isEqualTo("/problems/" + code);
        assertThat(new ContractDocument().faults("#/components/schemas/Problem", answer.body()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=UTF-8",
                "application/json;charset=\"utf-8\"",
                "application/json; profile=x"
            })
    void the_symbols_of_the_body_are_warmed(String type) throws Exception {
        RawClient.Answer answer = post("", "Content-Type: " + type + "\r\n", TWO);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("\"accepted\":2");
        assertThat(warmed).containsExactly("BTC/USDT", "ETH/USDT");
    }

    @Test
    void a_body_in_chunks_is_a_body_too() throws Exception {
        try (RawClient wire = new RawClient(fixture.port())) {
            wire.send("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n10\r\n" + TWO.substring(0, 16) + "\r\n"
                    + Integer.toHexString(TWO.length() - 16) + "\r\n" + TWO.substring(16) + "\r\n0\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(202);
        }
    }

    @Test
    void the_query_parameter_is_taken_as_ever_whatever_the_body_is() throws Exception {
        RawClient.Answer answer = post("?symbols=exchange:BTCUSDT", "Content-Type: text/plain\r\n", "whatever");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(warmed).containsExactly("BTC/USDT");
        isProblem(post("", "", ""), 422, "invalid-query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: application/jsonx\r\n",
                "Content-Type: application/json; charset=utf-16\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n"
            })
    void another_content_type_is_415(String header) throws Exception {
        RawClient.Answer answer = post("", header, TWO);
        isProblem(answer, 415, "unsupported-media-type");
        assertThat(answer.body()).contains("Content-Type: application/json");
        assertThat(warmed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"symbols\":[\"a:b\"]",
                "{\"symbols\":[\"a:b\"]} {}",
                "{\"symbols\":[\"a:b\"],}",
                "{'symbols':[]}",
                "{\"symbols\":[01]}",
                "{\"symbols\":[],\"symbols\":[]}",
                "[\"exchange:BTCUSDT\"]",
                "\"exchange:BTCUSDT\"",
                "null",
                "\uFEFF{\"symbols\":[]}",
                "{\"symbols\":[\"a\u0000b\"]}",
                "// a comment\n{\"symbols\":[]}",
                "{\"symbols\":[NaN]}"
            })
    void a_body_that_is_not_one_well_formed_object_is_400(String body) throws Exception {
        isProblem(post(body), 400, "malformed-request");
        assertThat(warmed).isEmpty();
    }

    @Test
    void a_body_that_is_too_deep_or_not_utf_8_is_400() throws Exception {
        isProblem(post("{\"symbols\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"), 400, "malformed-request");
        try (RawClient wire = new RawClient(fixture.port())) {
            wire.send("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 17\r\n\r\n{\"symbols\":[\"\u00ff\"]}");
            isProblem(wire.answer(), 400, "malformed-request");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"symbols\":[]}",
                "{\"symbols\":null}",
                "{\"symbols\":\"exchange:BTCUSDT\"}",
                "{\"symbols\":[1]}",
                "{\"symbols\":[[\"exchange:BTCUSDT\"]]}",
                "{\"symbols\":[\"exchange:BTCUSDT\"],\"more\":{\"a\":1}}"
            })
    void a_member_that_is_unknown_or_has_no_valid_value_is_422(String body) throws Exception {
        isProblem(post(body), 422, "invalid-query");
        assertThat(warmed).isEmpty();
    }

    @Test
    void a_symbol_without_a_provider_means_any_and_one_that_none_has_is_404() throws Exception {
        isProblem(post("{\"symbols\":[\"exchange\"]}"), 404, "unknown-instrument");
        assertThat(warmed).isEmpty();
    }

    @Test
    void more_symbols_than_a_batch_allows_are_rejected() throws Exception {
        RawClient.Answer answer =
                post("{\"symbols\":[" + "\"exchange:BTCUSDT\",".repeat(50) + "\"exchange:BTCUSDT\"]}");
        isProblem(answer, 422, "invalid-query");
        assertThat(answer.body()).contains("an array of 1 to 50 strings");
    }

    @Test
    void a_body_above_the_limit_of_the_server_is_413() throws Exception {
        isProblem(post("{\"symbols\":[\"" + "x".repeat(65_536) + "\"]}"), 413, "too-large");
    }
}
