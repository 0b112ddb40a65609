package io.marketbrain.api.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecimalTextTest {
    @Test
    void writes_the_same_text_as_big_decimal() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> (1 + random.nextInt(63));
            int places = 1 + random.nextInt(7);
            assertThat(DecimalText.of(value, places))
                    .isEqualTo(BigDecimal.valueOf(value, places).toPlainString());
        }
    }
}
