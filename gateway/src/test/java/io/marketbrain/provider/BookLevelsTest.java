package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketData.Level;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class BookLevelsTest {
    private static Level level(int price, int size) {
        return new Level(BigDecimal.valueOf(price), BigDecimal.valueOf(size));
    }

    @Test
    void a_whole_book_is_never_held() {
        var bids = new BookLevels(BookSide.BIDS, false, 2);
        for (int price = 1; price <= 1000; price++) {
            bids.add(level(price, 1));
            assertThat(bids.held()).isLessThan(2 * 2 + 64);
        }
        assertThat(bids.best()).containsExactly(level(1000, 1), level(999, 1));
    }

    @Test
    void orders_at_one_price_are_added_up_however_far_apart_they_are() {
        var asks = new BookLevels(BookSide.ASKS, true, 2);
        for (int i = 0; i < 1000; i++) {
            asks.add(level(10 + i % 100, 1));
            assertThat(asks.held()).isLessThan(2 * 2 + 64);
        }
        assertThat(asks.best()).containsExactly(level(10, 10), level(11, 10));
    }
}
