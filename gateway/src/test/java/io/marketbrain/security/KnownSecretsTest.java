package io.marketbrain.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownSecretsTest {
    private final KnownSecrets known =
            new KnownSecrets(secrets("k3y/with+signs==", "k3y/with+signs==-and-more", "abc"));

    @Test
    void a_secret_is_masked_wherever_it_occurs() {
        assertThat(known.redact("k3y/with+signs==, then k3y/with+signs==")).isEqualTo("********, then ********");
    }

    @Test
    void a_secret_is_masked_in_its_url_encoded_form() {
        assertThat(known.redact("GET /?key=k3y%2Fwith%2Bsigns%3D%3D&a=1")).isEqualTo("GET /?key=********&a=1");
    }

    @Test
    void a_secret_that_starts_with_another_is_masked_completely() {
        assertThat(known.redact("k3y/with+signs==-and-more")).isEqualTo("********");
    }

    @Test
    void the_password_of_an_address_is_masked_wherever_it_occurs() {
        var redis = new KnownSecrets(secrets("redis://cache:p%40ss:w0rd@host:6379/1,redis://:0ther@host:6380"));

        assertThat(redis.redact("redis://cache:p%40ss:w0rd@host:6379/1 is down"))
                .isEqualTo("redis://cache:********@host:6379/1 is down");
        assertThat(redis.redact("AUTH p@ss:w0rd, then 0ther")).isEqualTo("AUTH ********, then ********");
    }

    @Test
    void an_address_without_a_password_is_not_masked() {
        var redis = new KnownSecrets(secrets("redis://host:6379/1"));

        assertThat(redis.redact("redis://host:6379/1")).isEqualTo("redis://host:6379/1");
    }

    @Test
    void other_text_is_unchanged() {
        assertThat(known.redact("abcdef is a word")).isEqualTo("abcdef is a word");
    }

    @Test
    void to_string_shows_no_secret() {
        assertThat(known.toString()).doesNotContain("k3y");
    }

    private static List<Secret> secrets(String... texts) {
        return Stream.of(texts).flatMap(text -> Secret.of(text).stream()).toList();
    }
}
