package io.marketbrain.provider.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.security.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which spellings a credential is recognised. */
class ScrubberTest {
    private final Scrubber scrubber =
            new Scrubber(List.of(Secret.of("k+y/\"ä=5b1e").orElseThrow()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k+y/\"ä=5b1e",
                "k%2By%2F%22%C3%A4%3D5b1e",
                "k%2by%2f%22%c3%a4%3d5b1e",
                "k+y\\/\\\"ä=5b1e",
                "k\\u002By/\\u0022\\u00E4=5b1e",
                "k\\u002by\\/\\\"\\u00e4\\u003d5b1e",
                "k\\u002by\\/\\\"ä\\u003d5\\u00621e",
            })
    void a_credential_is_replaced_however_it_is_escaped(String spelling) {
        String text = "{\"echo\":\"" + spelling + "\",\"price\":\"1.50\"}";
        String scrubbed = "{\"echo\":\"REDACTED\",\"price\":\"1.50\"}";
        assertThat(scrubber.scrub(text)).isEqualTo(scrubbed);
        assertThat(new String(scrubber.scrub(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo(scrubbed);
    }

    @Test
    void a_body_without_credentials_is_the_same_array() {
        byte[] body = "{\"text\":\"\\u00e4 100% of k+y\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(scrubber.scrub(body)).isSameAs(body);
    }
}
