package io.marketbrain.alerts;

import static io.marketbrain.alerts.AlertSamples.START;
import static io.marketbrain.alerts.AlertSamples.alert;
import static io.marketbrain.alerts.AlertSamples.crosses;
import static io.marketbrain.alerts.AlertSamples.quote;
import static io.marketbrain.alerts.AlertSamples.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.model.Mode;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchedPriceTest {
    private final Alert alert = alert(crosses("100", PriceDirection.EITHER));
    private final WatchedPrice watched = new WatchedPrice(alert);

    private Optional<Trigger> accept(StreamEvent event) {
        return watched.accept(alert, event);
    }

    private Optional<Trigger> price(String price) {
        return accept(quote(price, Duration.ZERO));
    }

    private void up(Mode mode) {
        accept(status(FeedState.UP, mode));
    }

    @Test
    void the_first_price_is_only_compared_with() {
        up(Mode.LIVE);
        assertThat(price("101")).isEmpty();
        assertThat(price("99").orElseThrow().direction()).isEqualTo(PriceDirection.DOWN);
    }

    @Test
    void mock_data_that_stands_in_for_live_data_never_counts() {
        up(Mode.LIVE);
        price("99");
        up(Mode.MOCK);
        assertThat(price("101")).isEmpty();
        up(Mode.LIVE);
        assertThat(price("99.5")).isEmpty();
        assertThat(price("101")).isPresent();
    }

    @Test
    void prices_of_another_mode_are_not_compared() {
        Alert ofMock = AlertSamples.draft(AlertSamples.SUBJECT, alert.condition(), Mode.MOCK, false, Optional.empty())
                .create("one", START);
        var prices = new WatchedPrice(ofMock);
        prices.accept(ofMock, status(FeedState.UP, Mode.MOCK));
        prices.accept(ofMock, quote("99", Duration.ZERO));
        prices.accept(ofMock, status(FeedState.UP, Mode.LIVE));
        assertThat(prices.accept(ofMock, quote("101", Duration.ZERO))).isEmpty();
        assertThat(prices.accept(ofMock, quote("99", Duration.ZERO))
                        .orElseThrow()
                        .mode())
                .isEqualTo(Mode.LIVE);
    }

    @Test
    void a_flagged_price_neither_fires_nor_is_compared_with() {
        up(Mode.LIVE);
        price("99");
        assertThat(accept(quote("101", Duration.ZERO, new QualityFlag("crossed", "bid above ask"))))
                .isEmpty();
        assertThat(price("99.5")).isEmpty();
        assertThat(price("101")).isPresent();
    }

    @Test
    void a_crossing_over_a_gap_counts_and_says_so() {
        up(Mode.LIVE);
        price("99");
        accept(new StreamEvent.Gap(START, START.plusSeconds(1), "the connection broke"));
        assertThat(price("101").orElseThrow().afterGap()).isTrue();
        assertThat(price("99").orElseThrow().afterGap()).isFalse();
    }

    @Test
    void a_crossing_while_the_gateway_did_not_run_counts_as_one_over_a_gap() {
        Alert restarted = alert.with(alert.progress().seen(new BigDecimal("99"), Mode.LIVE));
        var prices = new WatchedPrice(restarted);
        prices.accept(restarted, status(FeedState.UP, Mode.LIVE));
        assertThat(prices.accept(restarted, quote("101", Duration.ZERO))
                        .orElseThrow()
                        .afterGap())
                .isTrue();
    }

    @Test
    void values_of_a_feed_that_is_not_up_do_not_count() {
        up(Mode.LIVE);
        price("99");
        accept(status(FeedState.STALE, Mode.LIVE));
        assertThat(price("101")).isEmpty();
    }

    @Test
    void a_feed_is_stale_once_each_time_it_has_not_been_up_for_long_enough() {
        var stale = new AlertCondition.Stale(Duration.ofSeconds(30));
        Alert ofFeed = alert(stale);
        var feed = new WatchedPrice(ofFeed);
        feed.accept(ofFeed, status(FeedState.UP, Mode.LIVE));
        assertThat(feed.findStale(stale, START.plusSeconds(100))).isEmpty();
        feed.accept(ofFeed, status(FeedState.DOWN, Mode.LIVE));
        assertThat(feed.findStale(stale, START.plusSeconds(29))).isEmpty();
        assertThat(feed.findStale(stale, START.plusSeconds(30))).isPresent();
        assertThat(feed.findStale(stale, START.plusSeconds(31))).isEmpty();
        feed.accept(ofFeed, status(FeedState.UP, Mode.LIVE));
        feed.accept(ofFeed, status(FeedState.UP, Mode.MOCK));
        assertThat(feed.findStale(stale, START.plusSeconds(60))).isPresent();
    }
}
