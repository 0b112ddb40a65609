package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.SettingRange;
import io.marketbrain.model.cost.RateLimit;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "2s, PT2S",
        "2.0, PT2S",
        "60, PT1M",
        "2.5s, PT2.5S",
        "5m, PT5M",
        "5 min, PT5M",
        "1h, PT1H",
        "1d, PT24H",
        "PT3S, PT3S",
        "0, PT0S",
    })
    void reads_times(String text, Duration expected) {
        assertThat(QuantityFormat.duration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "two", "5x", "1e99d", "5 m s", "P", "--5s", "0.1ns"})
    void refuses_what_is_no_time(String text) {
        assertThatThrownBy(() -> QuantityFormat.duration(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1ms", "999ms", "1s", "59s", "1m", "90s", "1h", "25h", "1d", "0.000001s", "1.0005s"})
    void shows_times_as_it_reads_them(String text) {
        assertThat(QuantityFormat.show(QuantityFormat.duration(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "64KiB, 65536", "64k, 65536", "8 MiB, 8388608", "1g, 1073741824", "0, 0"})
    void reads_sizes(String text, long expected) {
        assertThat(QuantityFormat.bytes(text)).isEqualTo(expected);
        assertThat(QuantityFormat.bytes(QuantityFormat.showBytes(expected))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "8 MiBs", "1.5MiB", "9999999999g"})
    void refuses_what_is_no_size(String text) {
        assertThatThrownBy(() -> QuantityFormat.bytes(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "YES, true", "on, true", "1, true", "false, false", "No, false", "off, false", "0, false"
    })
    void reads_flags(String text, boolean expected) {
        assertThat(SettingType.flag().parse().apply(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"55/1m, 55, PT1M, 55/1m", "100000 / 1d, 100000, PT24H, 100000/1d", "5/60, 5, PT1M, 5/1m"})
    void reads_rate_limits_and_shows_them(String text, long amount, Duration per, String shown) {
        RateLimit rate = SettingType.rate().parse().apply(text);
        assertThat(rate).isEqualTo(new RateLimit(amount, per, RateLimit.Counts.WEIGHT));
        assertThat(SettingType.rate().show().apply(rate)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"55", "55/", "/1m", "0/1m", "-5/1m", "1.5/1m", "55/0s", "55/500ms", "55/1m/1h", "55/minute"})
    void refuses_what_is_no_rate_limit(String text) {
        assertThatThrownBy(() -> SettingType.rate().parse().apply(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reads_choices_in_any_case_and_lists_without_empty_parts() {
        SettingType<Origin.Kind> kind = SettingType.choice(Origin.Kind.class, Enum::name);
        assertThat(kind.parse().apply("flag")).isEqualTo(Origin.Kind.FLAG);
        assertThat(kind.allowed()).isEqualTo("one of FLAG, ENVIRONMENT, ENV_FILE, SECRETS, FILE, DEFAULT");
        assertThat(SettingType.list(SettingType.text()).parse().apply("a, b,,c ,"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void reads_web_addresses() {
        assertThat(SettingType.webAddress().parse().apply("http://127.0.0.1:9000/api"))
                .isEqualTo(URI.create("http://127.0.0.1:9000/api"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.example.com", "ftp://x", "https://", "http://u:p@x/", "http://x/?q=1", "http://a b/"})
    void refuses_what_is_no_web_address(String text) {
        assertThatThrownBy(() -> SettingType.webAddress().parse().apply(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0665", "\uFF15", "1\u0660", "\u0967"})
    void refuses_digits_of_other_scripts_in_every_type_of_number(String text) {
        var decimals = SettingRange.of("x", BigDecimal.ZERO, BigDecimal.TEN);
        for (SettingType<?> type : List.of(
                SettingType.integer(SettingRange.of("x", 0, 10)),
                SettingType.decimal(decimals),
                SettingType.number(SettingRange.of("x", 0.0, 10.0)),
                SettingType.duration(SettingRange.of("x", Duration.ZERO, Duration.ofDays(1))),
                SettingType.bytes(SettingRange.of("x", 0L, 10L)),
                SettingType.arrayBytes(SettingRange.of("x", 0, 10)))) {
            assertThatThrownBy(() -> type.parse().apply(text))
                    .as(type.allowed())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ranges_include_both_ends() {
        SettingType<Integer> kind = SettingType.integer(SettingRange.of("x", 1, 3));
        assertThat(kind.within().test(0)).isFalse();
        assertThat(kind.within().test(1)).isTrue();
        assertThat(kind.within().test(3)).isTrue();
        assertThat(kind.within().test(4)).isFalse();
    }
}
