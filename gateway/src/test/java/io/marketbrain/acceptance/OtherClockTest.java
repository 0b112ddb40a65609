package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Streams of an exchange whose clock is minutes ahead of the gateway's, or behind it. */
@Timeout(120)
class OtherClockTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {-300, 300})
    void bars_after_a_break_are_complete_by_the_clock_of_the_provider_without_a_gap(int secondsAhead) throws Exception {
        try (var exchange = new ScriptedExchange(7, secondsAhead * 1000L, 1, 25, "BTCUSDT");
                var gateway = TestGateway.with(folder, "BINANCE_MODE", "live", "BINANCE_BASE_URL", exchange.url());
                var listener = new CutListener(gateway.port(), false, "binance:BTCUSDT", "candle:1s", 1)) {
            listener.stopCutting();
            await(() -> complete(listener).size() >= 2, listener);
            // Until a bar is missing.
            long fetched = gateway.counter("stream", "candles", "fetched");
            while (gateway.counter("stream", "candles", "fetched") == fetched) {
                exchange.cut();
                Thread.sleep(1000);
            }
            int before = complete(listener).size();
            await(() -> complete(listener).size() >= before + 4, listener);
            ReceivedEvents events = events(listener);
            events.assertInOrder("bars");
            assertThat(events.gaps()).isEmpty();
            NavigableMap<Instant, JsonNode> complete = complete(listener);
            Instant first = complete.firstKey();
            assertThat(complete.keySet())
                    .containsExactlyElementsOf(Stream.iterate(first, open -> open.plus(SECOND))
                            .limit(complete.size())
                            .toList());
        }
    }

    /** Nothing says how the clocks differ until something is requested. */
    @Test
    void trades_of_an_exchange_that_is_ahead_are_sent_once_its_clock_is_known() throws Exception {
        try (var exchange = new ScriptedExchange(8, 300_000, 1, 25, "BTCUSDT");
                var gateway = TestGateway.with(folder, "BINANCE_MODE", "live", "BINANCE_BASE_URL", exchange.url());
                var listener = new CutListener(gateway.port(), false, "binance:BTCUSDT", "trade", 1)) {
            listener.stopCutting();
            await(() -> events(listener).trades().size() > 50, listener);
            ReceivedEvents events = events(listener);
            events.assertInOrder("trades");
            long first = events.trades().firstKey();
            assertThat(events.trades().lastKey() - first + 1)
                    .isEqualTo(events.trades().size());
            assertThat(events.gaps()).hasSizeLessThanOrEqualTo(2);
        }
    }

    private static ReceivedEvents events(CutListener listener) {
        return listener.received().values().stream().findFirst().orElseGet(ReceivedEvents::new);
    }

    private static NavigableMap<Instant, JsonNode> complete(CutListener listener) {
        return new TreeMap<>(events(listener).complete());
    }

    private static void await(BooleanSupplier condition, CutListener listener) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(50).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("last " + events(listener).last() + ", gaps "
                            + events(listener).gaps() + ", complete "
                            + complete(listener).keySet())
                    .isLessThan(end);
            Thread.sleep(50);
        }
    }
}
