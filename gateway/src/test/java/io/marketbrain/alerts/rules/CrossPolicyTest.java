package io.marketbrain.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "99, 101, EITHER, UP",
        "101, 99, EITHER, DOWN",
        "99, 100, EITHER, UP",
        "101, 100.00, EITHER, DOWN",
        "100, 101, EITHER, ",
        "100, 99, EITHER, ",
        "99, 99.99, EITHER, ",
        "99, 101, DOWN, ",
        "101, 99, UP, ",
        "-1, 101, UP, UP"
    })
    void a_price_crosses_when_it_reaches_the_threshold_from_another_side(
            String previous, String current, PriceDirection wanted, PriceDirection expected) {
        assertThat(CrossPolicy.decide(new BigDecimal(previous), new BigDecimal(current), new BigDecimal("100"), wanted))
                .isEqualTo(java.util.Optional.ofNullable(expected));
    }

    /** Property: along any path, crossings in both directions alternate, apart from touches, and each lies between two prices. */
    @Test
    void every_passage_from_one_side_to_the_other_is_noticed_exactly_once() {
        var random = new Random(7);
        for (int run = 0; run < 300; run++) {
            BigDecimal threshold = BigDecimal.valueOf(random.nextInt(20), random.nextInt(3));
            int passages = 0;
            int noticed = 0;
            int side = 0;
            BigDecimal previous = null;
            for (int i = 0; i < 200; i++) {
                BigDecimal price = BigDecimal.valueOf(random.nextInt(40) - 10, random.nextInt(3));
                int now = price.compareTo(threshold);
                if (now != 0) {
                    passages += side != 0 && now != side ? 1 : 0;
                    side = now;
                }
                if (previous != null
                        && CrossPolicy.decide(previous, price, threshold, PriceDirection.EITHER)
                                .isPresent()) {
                    noticed++;
                    assertThat(previous.compareTo(threshold)).isNotZero();
                }
                previous = price;
            }
            // Touches that turn back are noticed as well.
            assertThat(noticed).isGreaterThanOrEqualTo(passages);
        }
    }
}
