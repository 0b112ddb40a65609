package io.marketbrain.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriceWindowTest {
    private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private record Sample(Instant at, BigDecimal price) {}

    private static boolean hasMoved(List<Sample> samples, Instant from, BigDecimal current, BigDecimal percent) {
        return samples.stream()
                .filter(sample -> !sample.at().isBefore(from))
                .anyMatch(sample -> current.subtract(sample.price())
                                .abs()
                                .multiply(BigDecimal.valueOf(100))
                                .compareTo(percent.multiply(sample.price()))
                        >= 0);
    }

    /** Property: what the window finds, a search of all prices of the window finds; and the reverse, but for its oldest part. */
    @Test
    void a_move_is_found_exactly_where_a_search_of_all_prices_finds_one() {
        var random = new Random(3);
        BigDecimal percent = new BigDecimal("1.5");
        int found = 0;
        for (int run = 0; run < 40; run++) {
            var window = new PriceWindow(HOUR);
            List<Sample> samples = new ArrayList<>();
            Instant now = START;
            BigDecimal price = BigDecimal.valueOf(1000);
            for (int i = 0; i < 400; i++) {
                now = now.plusMillis(random.nextInt(60_000));
                price = price.add(BigDecimal.valueOf(random.nextInt(701) - 350, 2));
                samples.add(new Sample(now, price));
                window.add(now, price);
                boolean moved =
                        window.findMove(price, percent, PriceDirection.EITHER).isPresent();
                found += moved ? 1 : 0;
                if (moved) {
                    assertThat(hasMoved(samples, now.minus(HOUR), price, percent))
                            .isTrue();
                }
                if (hasMoved(samples, now.minus(HOUR).plus(HOUR.dividedBy(PriceWindow.PARTS)), price, percent)) {
                    assertThat(moved).isTrue();
                }
            }
            assertThat(window.size()).isLessThanOrEqualTo(PriceWindow.PARTS + 1);
        }
        assertThat(found).isGreaterThan(50);
    }

    @Test
    void percentages_are_exact() {
        var window = new PriceWindow(HOUR);
        window.add(START, new BigDecimal("3"));
        window.add(START.plusSeconds(1), new BigDecimal("3.03"));
        assertThat(window.findMove(new BigDecimal("3.03"), BigDecimal.ONE, PriceDirection.UP))
                .isPresent();
        assertThat(window.findMove(new BigDecimal("3.03"), new BigDecimal("1.0000000001"), PriceDirection.UP))
                .isEmpty();
    }

    @Test
    void a_move_over_a_gap_says_so() {
        var window = new PriceWindow(HOUR);
        window.add(START, new BigDecimal("100"));
        window.gap(START.plusSeconds(5));
        window.add(START.plusSeconds(6), new BigDecimal("110"));
        assertThat(window.findMove(new BigDecimal("110"), BigDecimal.TEN, PriceDirection.EITHER))
                .contains(new PriceWindow.Move(new BigDecimal("100"), PriceDirection.UP, true));
    }
}
