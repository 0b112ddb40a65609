package io.marketbrain.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SeriesKeysTest {
    @Test
    void a_data_set_is_found_with_its_agency() {
        assertThat(SeriesKeys.dataSets(bytes("Dataflow=IMF.RES:WEO(9.0.0)")))
                .containsExactly("IMF.RES/WEO", "IMF.RES,WEO,9.0.0", "IMF.RES,WEO", "WEO");
    }

    /** Tried from each letter, it would take more than half a minute. */
    @Test
    @Timeout(20)
    void a_long_word_is_searched_once() {
        assertThat(SeriesKeys.dataSets(bytes("a".repeat(1 << 16)))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
