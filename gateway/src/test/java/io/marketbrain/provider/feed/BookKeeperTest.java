package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketData.Level;
import io.marketbrain.provider.feed.BookKeeper.Applied;
import io.marketbrain.provider.feed.FeedSignal.BookChange;
import io.marketbrain.provider.feed.FeedSignal.BookSnapshot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BookKeeperTest {
    private final BookKeeper book = new BookKeeper(Integer.MAX_VALUE);

    /** Levels in texts {@code price size price size …}. */
    private static List<Level> levels(String texts) {
        List<Level> levels = new ArrayList<>();
        if (!texts.isEmpty()) {
            String[] parts = texts.split(" ", -1);
            for (int i = 0; i < parts.length; i += 2) {
                levels.add(new Level(new BigDecimal(parts[i]), new BigDecimal(parts[i + 1])));
            }
        }
        return levels;
    }

    private static BookSnapshot snapshot(String bids, String asks, @Nullable Long sequence) {
        return new BookSnapshot("key", levels(bids), levels(asks), sequence, null, null);
    }

    private static BookChange change(String bids, String asks, long first, long last) {
        return new BookChange("key", levels(bids), levels(asks), first - 1, last - 1, last, null, null);
    }

    private static BookChange unnumbered(String bids, String asks) {
        return new BookChange("key", levels(bids), levels(asks), null, null, null, null, null);
    }

    @Test
    void the_first_change_after_a_snapshot_must_bridge_it() {
        book.start(snapshot("10 1", "11 1", 100L));
        assertThat(book.apply(change("10 9", "", 98, 100))).isEqualTo(Applied.CONTAINED);
        assertThat(book.apply(change("10 2", "", 99, 103))).isEqualTo(Applied.YES);
        assertThat(book.apply(change("10 3", "", 104, 104))).isEqualTo(Applied.YES);
        assertThat(book.apply(change("10 4", "", 106, 106))).isEqualTo(Applied.BROKEN);
        assertThat(book.bids(5)).isEqualTo(levels("10 3"));
        assertThat(book.sequence()).isEqualTo(104);
    }

    @Test
    void prices_of_equal_value_are_one_level_with_the_digits_sent_last() {
        book.start(snapshot("10.0 1", "", null));
        book.apply(unnumbered("10.00 2.50", ""));
        assertThat(book.bids(5)).isEqualTo(levels("10.00 2.50"));
        book.apply(unnumbered("10 0.0", ""));
        assertThat(book.bids(5)).isEmpty();
    }

    @Test
    void sides_are_sorted_from_the_best_price() {
        book.start(snapshot("9 1 10 1 8 1", "13 1 11 1 12 1", null));
        assertThat(book.bids(2)).isEqualTo(levels("10 1 9 1"));
        assertThat(book.asks(2)).isEqualTo(levels("11 1 12 1"));
    }

    @Test
    void levels_beyond_those_that_the_provider_keeps_are_cut_off() {
        var two = new BookKeeper(2);
        two.start(snapshot("10 1 9 1", "11 1 12 1", null));
        two.apply(unnumbered("10.5 1", "10.9 1"));
        assertThat(two.bids(5)).isEqualTo(levels("10.5 1 10 1"));
        assertThat(two.asks(5)).isEqualTo(levels("10.9 1 11 1"));
    }

    @Test
    void what_lies_beyond_a_requested_book_is_not_shown_until_more_must_be_requested() {
        book.startWithin(snapshot("10 1 9 1", "11 1", 1L), 2);
        book.apply(change("8 5", "12 5", 2, 2));
        assertThat(book.bids(5)).as("the side may go on below 9").isEqualTo(levels("10 1 9 1"));
        assertThat(book.asks(5)).as("the side was whole").isEqualTo(levels("11 1 12 5"));
        assertThat(book.exhausted(2)).isFalse();
        book.apply(change("10 0", "", 3, 3));
        assertThat(book.exhausted(2)).isTrue();
        assertThat(book.exhausted(1)).isFalse();
    }

    @Test
    void nothing_is_left_after_clear() {
        book.start(snapshot("10 1", "11 1", 5L));
        book.clear();
        assertThat(book.started()).isFalse();
        assertThat(book.bids(5)).isEmpty();
        assertThat(book.sequence()).isNull();
    }
}
