package io.marketbrain.api.time;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.streams.EventJson;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.AdjustableClock;
import io.marketbrain.pipeline.stream.SteppedSource;
import io.marketbrain.stream.Delivery;
import io.marketbrain.stream.EventName;
import io.marketbrain.stream.StreamClient;
import io.marketbrain.stream.StreamConfig;
import io.marketbrain.stream.StreamHub;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The events of a client's own time, at the pace at which it takes them. */
@Timeout(60)
class SimulatedStreamTest {
    private static final Instant START = Instant.parse("2024-02-21T09:00:00Z");
    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    private static final Listing LISTING = new Listing(BTC, "BTCUSDT", "Binance", "UTC", "USDT");

    private final AdjustableClock clock = new AdjustableClock(START);

    /** A quote whose price is the time in milliseconds. */
    private Outcome<QueryResult> quote() {
        var price = BigDecimal.valueOf(clock.instant().toEpochMilli());
        return Outcome.success(new QueryResult(
                new Quote(LISTING, price, null, null, null, null, null, null, null, null, null, clock.instant()),
                new Provenance(BINANCE, Mode.LIVE, null, clock.instant(), Freshness.FRESH, List.of(), List.of())));
    }

    private SimulatedStream stream() {
        var terms = new SteppedTerms(Duration.ofMillis(250), BigDecimal.ZERO);
        var openings = new SimulatedStream.Openings() {
            @Override
            public void opened(SimulatedStream stream) {}

            @Override
            public void closed(SimulatedStream stream) {}
        };
        return new SimulatedStream(
                new SteppedSource((_, _) -> quote(), terms, clock, System::nanoTime),
                clock,
                () -> START,
                openings,
                own -> new StreamHub(
                        StreamConfig.defaults(),
                        own,
                        new EventJson(PathPrefix.NONE),
                        System::nanoTime,
                        clock,
                        new Random(0)));
    }

    @Test
    void no_step_replaces_what_a_channel_began_with() throws InterruptedException {
        SimulatedStream stream = stream();
        try (StreamHub hub = stream.hub();
                StreamClient client = ((Outcome.Success<StreamClient>) hub.open(Duration.ZERO, () -> true)).value()) {
            assertThat(client.subscribe(List.of(new Channel(BINANCE, BTC, new StreamKind.Quotes())), Optional.empty()))
                    .isEmpty();
            Thread moving = Thread.startVirtualThread(() -> stream.playTo(START.plusSeconds(1)));
            while (moving.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait(); // until it waits for the client
            }
            var times = new ArrayList<Long>();
            while (moving.isAlive()) {
                for (Delivery delivery : client.poll()) {
                    if (delivery.name() == EventName.SNAPSHOT || delivery.name() == EventName.QUOTE) {
                        String price =
                                new String(delivery.body(), UTF_8).replaceFirst(".*\"price\":\"(\\d+)\".*", "$1");
                        times.add(Long.parseLong(price) - START.toEpochMilli());
                    }
                }
            }
            assertThat(times).containsExactly(0L, 250L, 500L, 750L, 1000L);
        }
    }
}
