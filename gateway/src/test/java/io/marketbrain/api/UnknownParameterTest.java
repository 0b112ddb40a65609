package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a caller reads who misspelled the name of a parameter. */
class UnknownParameterTest {
    private static String error(String target) {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            var answer = fixture.client.get(target);
            assertThat(answer.status()).isEqualTo(422);
            return answer.json().get("error").asString();
        }
    }

    @Test
    void a_misspelled_parameter_is_called_unknown_and_the_nearest_name_is_suggested() {
        assertThat(error("/api/v1/candles/exchange/BTCUSDT?intervall=1h"))
                .startsWith("unknown parameter intervall; did you mean interval?")
                .doesNotContain("not valid");
    }

    @Test
    void nothing_is_suggested_where_nothing_is_near() {
        assertThat(error("/api/v1/candles/exchange/BTCUSDT?surely_unknown=1"))
                .startsWith("unknown parameter surely_unknown: this path only has the parameters interval, ");
        assertThat(error("/api/v1/providers?x=1")).isEqualTo("unknown parameter x: this path has no parameters");
    }
}
