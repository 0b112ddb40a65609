package io.marketbrain.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PollingSourceTest {
    private static final ProviderId FRED = new ProviderId("fred");

    private static final PollTerms TERMS = new PollTerms() {
        @Override
        public FeedTransport transport() {
            return FeedTransport.POLL;
        }

        @Override
        public Duration period(Channel channel, int polled) {
            return Duration.ofMillis(200);
        }
    };

    @Test
    void channels_that_are_opened_together_are_not_polled_together() throws Exception {
        var polls = new LinkedBlockingQueue<Map.Entry<MarketQuery, Long>>();
        var source = new PollingSource(
                (query, _) -> {
                    polls.add(Map.entry(query, System.nanoTime()));
                    return Outcome.failed(new Failure.Unreachable(FRED, "down"));
                },
                TERMS,
                System::nanoTime,
                InstantSource.system());
        List<MarketEventSource.Subscription> open = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Instrument instrument = Instrument.crypto("C" + i, "USDT");
            open.add(source.subscribe(new Channel(FRED, instrument, new StreamKind.Quotes()), _ -> {}));
        }
        Map<String, List<Long>> times = new HashMap<>();
        while (times.size() < 20 || times.values().stream().anyMatch(some -> some.size() < 2)) {
            var poll = polls.poll(20, TimeUnit.SECONDS);
            assertThat(poll).isNotNull();
            times.computeIfAbsent(((QuoteQuery) poll.getKey()).instrument().base(), _ -> new ArrayList<>())
                    .add(poll.getValue());
        }
        open.forEach(MarketEventSource.Subscription::close);
        List<Long> second =
                times.values().stream().map(some -> some.get(1)).sorted().toList();
        assertThat(Duration.ofNanos(second.getLast() - second.getFirst())).isGreaterThan(Duration.ofMillis(100));
    }
}
