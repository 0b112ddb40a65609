package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueMaskingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://localhost:6379|redis://localhost:6379",
                "redis://:pw@h:1/0|redis://********@h:1/0",
                "rediss://u:p@ss@h:1|rediss://********@h:1",
                "redis://u:p/w@h:1|redis://********@h:1",
                "redis://u:p,w@h:1,h2:2|redis://********@h:1,h2:2",
                "redis://u:a@h1,redis://u:b@h2|redis://********@h1,redis://********@h2",
                "AAPL@XNAS|AAPL@XNAS",
            })
    void passwords_in_addresses_are_never_shown(String text, String shown) {
        assertThat(ValueMasking.withoutPasswords(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://api.example.com/v3|https://api.example.com/v3",
                "http://h/?apikey=k|http://h/?********",
                "http://h?apikey=k|http://h?********",
                "https://h/v2/0123456789abcdef/x|https://h/v2/********/x",
                "https://h/key=short/v1|https://h/********/v1",
                "https://h/#token|https://h/#********",
                "https://user:pw@h:8443/v1?k=v|https://********@h:8443/v1?********",
            })
    void keys_in_the_path_or_query_of_an_address_are_never_shown(String text, String shown) {
        assertThat(ValueMasking.shown(setting("providers.binance.base_url", false), text))
                .isEqualTo(shown);
    }

    @Test
    void secrets_and_addresses_without_a_scheme_are_masked() {
        assertThat(ValueMasking.shown(setting("providers.binance.api_key", true), "topsecret"))
                .isEqualTo("********");
        assertThat(ValueMasking.shown(setting("redis.url", false), "u:topsecret@host"))
                .isEqualTo("********@host");
        assertThat(ValueMasking.shown(setting("warm.symbols", false), "AAPL@XNAS"))
                .isEqualTo("AAPL@XNAS");
    }

    private static Setting setting(String key, boolean secret) {
        return new Setting(key, "", "", "", "", secret);
    }
}
