package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.PollTerms;
import io.marketbrain.provider.descriptor.Descriptors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPeriodsTest {
    private final PollTerms terms = StreamPeriods.polled(
            _ -> Duration.ofSeconds(1),
            id -> Descriptors.builtIn().stream()
                    .filter(indexed -> indexed.id().equals(id))
                    .map(indexed -> indexed.descriptor().get())
                    .findFirst());

    private Duration period(String provider, StreamKind kind, int polled) {
        return terms.period(new Channel(new ProviderId(provider), Instrument.crypto("BTC", "USDT"), kind), polled);
    }

    @Test
    void all_polls_of_a_provider_take_half_of_the_weight_that_it_allows() {
        // OKX allows a weight of 200 in 2 s; a quote has 10.
        assertThat(period("okx", new StreamKind.Quotes(), 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(period("okx", new StreamKind.Quotes(), 50)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_weight_that_depends_on_the_request_counts() {
        // Binance allows a weight of 6000 a minute; a book of 1000 levels has 50.
        assertThat(period("binance", new StreamKind.Book(1000), 60)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void a_limit_of_calls_counts_calls() {
        // Kraken allows 15 calls in 15 s.
        assertThat(period("kraken", new StreamKind.Quotes(), 5)).isEqualTo(Duration.ofSeconds(10));
    }

    private static PollTerms simulated(String now) {
        return StreamPeriods.simulated(Duration.ofMillis(250), () -> Instant.parse("2026-01-05T12:00:" + now + "Z"));
    }

    private static Channel channel(int i, StreamKind kind) {
        return new Channel(new ProviderId("binance"), Instrument.crypto("C" + i, "USDT"), kind);
    }

    @Test
    void a_few_channels_of_the_simulated_market_are_looked_at_together() {
        PollTerms terms = simulated("00.300");
        for (int i = 0; i < 16; i++) {
            assertThat(terms.period(channel(i, new StreamKind.Quotes()), 16)).isEqualTo(Duration.ofMillis(205));
            assertThat(terms.period(channel(i, new StreamKind.Book(10)), 16)).isEqualTo(Duration.ofMillis(205));
            assertThat(terms.period(channel(i, new StreamKind.Trades()), 16)).isEqualTo(Duration.ofMillis(705));
        }
    }

    @Test
    void many_channels_of_the_simulated_market_are_looked_at_at_different_instants() {
        PollTerms terms = simulated("00.005");
        Set<Duration> periods = IntStream.range(0, 200)
                .mapToObj(i -> terms.period(channel(i, new StreamKind.Quotes()), 200))
                .collect(Collectors.toSet());
        assertThat(periods).hasSizeGreaterThan(100);
    }

    @Test
    void only_quotes_and_books_of_the_simulated_market_are_looked_at_less_often_while_they_do_not_change() {
        PollTerms simulated = simulated("00.005");
        Channel quotes = channel(1, new StreamKind.Quotes());
        assertThat(List.of(0, 1, 2, 3, 10))
                .map(unchanged -> simulated.pause(quotes, 1, unchanged).toMillis())
                .containsExactly(250L, 500L, 1000L, 1000L, 1000L);
        assertThat(simulated.pause(channel(1, new StreamKind.Trades()), 1, 9)).isEqualTo(Duration.ofSeconds(1));
        assertThat(terms.pause(quotes, 1, 9)).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00.000", "00.005", "00.004999999", "00.254", "00.300", "00.999"})
    void a_clock_that_stands_still_makes_no_pause_short(String now) {
        PollTerms fixed = simulated(now);
        for (int polled : new int[] {1, 200}) {
            for (int unchanged = 0; unchanged <= 10; unchanged++) {
                assertThat(fixed.pause(channel(unchanged, new StreamKind.Quotes()), polled, unchanged))
                        .isGreaterThanOrEqualTo(Duration.ofMillis(125));
            }
            assertThat(fixed.pause(channel(1, new StreamKind.Trades()), polled, 0))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(500));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 250, 300, 700, 2000})
    void quotes_that_do_not_change_stay_in_step_with_the_others(long period) {
        var now = new AtomicReference<>(Instant.parse("2026-01-05T12:00:00.300Z"));
        PollTerms running = StreamPeriods.simulated(Duration.ofMillis(period), now::get);
        for (int unchanged = 0; unchanged <= 10; unchanged++) {
            Duration pause = running.pause(channel(1, new StreamKind.Quotes()), 1, unchanged);
            now.updateAndGet(before -> before.plus(pause));
            assertThat((now.get().toEpochMilli() - 5) % period).isZero();
        }
    }

    @Test
    void an_unknown_provider_is_polled_as_often_as_its_data_is_fresh() {
        PollTerms unknown = StreamPeriods.polled(_ -> Duration.ofSeconds(3), _ -> Optional.empty());
        assertThat(unknown.period(
                        new Channel(
                                new ProviderId("nowhere"), Instrument.crypto("BTC", "USDT"), new StreamKind.Quotes()),
                        9))
                .isEqualTo(Duration.ofSeconds(3));
    }
}
