package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure.ProviderError;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.security.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyReaderTest {
    private static final String KEY = "planted-key-77ac";
    private static final KnownSecrets SECRETS =
            new KnownSecrets(List.of(Secret.of(KEY).orElseThrow()));

    private static Optional<ProviderError> find(String body) {
        return ErrorBodyReader.find(
                new RawPayload(400, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH), SECRETS);
    }

    private static @Nullable String message(String body) {
        return find(body).map(ProviderError::message).orElse(null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '`',
            value = {
                "{\"code\":-71012,\"msg\":\"IPv6 not supported\"}                       | -71012     | IPv6 not supported",
                "{\"message\":\"Not allowed for delisted products\"}                    | -          | Not allowed for delisted products",
                "{\"error\":[\"EGeneral:No data\"]}                                     | -          | EGeneral:No data",
                "{\"error\":\"invalid_grant\",\"error_description\":\"The key expired\"} | invalid_grant | The key expired",
                "{\"error\":{\"code\":\"API_KEY_INVALID\",\"message\":\"Not valid\"}}   | API_KEY_INVALID | Not valid",
                "{\"error_code\":400,\"error_message\":\"Bad Request.\"}                | 400        | Bad Request.",
                "{\"status\":{\"error_code\":1006,\"error_message\":\"Too much\"}}      | 1006       | Too much",
                "{\"chart\":{\"result\":null,\"error\":{\"code\":\"Not Found\",\"description\":\"No data found\"}}} | Not Found | No data found",
                "{\"retCode\":10001,\"retMsg\":\"params error\"}                        | 10001      | params error",
                "{\"status\":\"error\",\"err-code\":\"invalid-parameter\",\"err-msg\":\"invalid symbol\"} | invalid-parameter | invalid symbol",
                "[\"error\",10020,\"symbol: invalid\"]                                  | 10020      | symbol: invalid",
                "{\"errors\":[{\"msg\":\"market unknown\"}]}                            | -          | market unknown",
                "{\"Error Message\":\"Invalid API call.\"}                              | -          | Invalid API call.",
                "{\"Information\":\"25 requests per day\"}                              | -          | 25 requests per day",
                "{\"code\":\"0\",\"msg\":\"\"}                                          | 0          | -",
                "error code: 1020                                                       | -          | error code: 1020"
            })
    void the_usual_forms_of_errors_are_read(String body, @Nullable String code, @Nullable String message) {
        assertThat(find(body)).contains(new ProviderError(code, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "{}",
                "[]",
                "42",
                "{\"message\":null}",
                "{\"price\":\"1\"}",
                "<html><body>Please wait</body></html>",
                "\uFEFF \n<!DOCTYPE html>",
                "Sorry <b>not</b> found",
                "{\"message\":\"<html>Access denied</html>\"}",
                "{\"message\":\"cut off"
            })
    void markup_and_bodies_without_words_say_nothing(String body) {
        assertThat(find(body)).isEmpty();
    }

    @Test
    void words_are_one_line_of_at_most_200_characters() {
        assertThat(message("{\"msg\":\"a\\r\\nb\\u202Ec\\u0000d\"}")).isEqualTo("a bc d");
        assertThat(message("{\"msg\":\"" + "word ".repeat(100) + "\"}"))
                .hasSizeLessThanOrEqualTo(200)
                .endsWith("…");
        assertThat(message("word ".repeat(50))).hasSizeLessThanOrEqualTo(200);
        assertThat(find("{\"code\":\"" + "x".repeat(100) + "\",\"msg\":\"words\"}"))
                .contains(new ProviderError(null, "words"));
        assertThat(find("x".repeat(5000))).isEmpty();
        assertThat(find("{\"msg\":\"words\",\"data\":\"" + "x".repeat(20_000) + "\"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "your key " + KEY + " is invalid",
                "your key planted-\\u200Bkey-77ac is invalid",
                "signature 2f5c1f0a9be7c1d3e4f5a6b7c8d9e0f12f5c1f0a9be7c1d3e4f5a6b7c8d9e0f1 is invalid",
                "IP(9.9.9.9) is banned",
                "from 2001:db8::8a2e:370:7334 only"
            })
    void credentials_and_addresses_are_masked(String words) {
        String shown = message("{\"msg\":\"" + words + "\"}");
        assertThat(shown)
                .doesNotContain("planted")
                .doesNotContain("77ac")
                .doesNotContain("2f5c1f0a")
                .doesNotContain("9.9.9.9")
                .doesNotContain("8a2e");
        assertThat(shown).contains("*");
    }

    @Test
    void a_credential_where_a_long_text_is_cut_is_masked() {
        for (int length = 175; length <= 200; length++) {
            assertThat(message("{\"msg\":\"" + "a".repeat(length) + " " + KEY + " and more\"}"))
                    .doesNotContain("plan");
        }
    }

    @Test
    void credentials_in_a_code_are_masked() {
        assertThat(find("{\"code\":\"" + KEY + "\",\"msg\":\"no\"}"))
                .isPresent()
                .get()
                .asString()
                .doesNotContain(KEY);
    }

    @Test
    void ordinary_words_stay_as_they_are() {
        String words = "Invalid interval 1m at 12:30:45 for BTC-USD, version 3.2: see https://docs.example.com/errors#-1120";
        assertThat(message("{\"msg\":\"" + words + "\"}")).isEqualTo(words);
    }
}
