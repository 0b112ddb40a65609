package io.marketbrain.pipeline.stream;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A source that requests the data again and again and sends what has changed, once for all listeners. Each channel has a thread,
 * which sleeps between the requests. Thread-safe.
 */
public final class PollingSource implements MarketEventSource {
    private final MarketDataSource source;
    private final PollTerms terms;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final String name;
    private final Map<ProviderId, Integer> polled = new ConcurrentHashMap<>();

    /** @param source where the requests go, with all layers that they must pass */
    public PollingSource(MarketDataSource source, PollTerms terms, NanoClock nanoClock, InstantSource clock) {
        this.source = source;
        this.terms = terms;
        this.nanoClock = nanoClock;
        this.clock = clock;
        this.name = terms.transport().name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Subscription subscribe(Channel channel, EventSink sink) {
        polled.merge(channel.provider(), 1, Integer::sum);
        var polling = new PolledChannel(
                source, channel, terms, () -> polled.getOrDefault(channel.provider(), 1), sink, nanoClock, clock);
        BackgroundLoop.Round round = isSpread(channel) ? new Spread(polling, channel) : polling::round;
        var loop = new BackgroundLoop("stream-" + name, BackgroundLoop.Kind.VIRTUAL, nanoClock, round).start();
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                polled.merge(channel.provider(), -1, Integer::sum);
                loop.stop();
            }
        };
    }

    /** Trades and bars follow the clock, and news are few; the simulated market costs nothing, and spreads itself. */
    private boolean isSpread(Channel channel) {
        return terms.transport() == FeedTransport.POLL
                && switch (channel.kind()) {
                    case StreamKind.Quotes _, StreamKind.Book _ -> true;
                    case StreamKind.Trades _, StreamKind.Bars _, StreamKind.News _ -> false;
                };
    }

    /**
     * Makes the first pause longer by a part that depends on the channel, so that channels which were opened together are not polled,
     * and their changes sent to all clients, at the same instants for ever.
     */
    private static final class Spread implements BackgroundLoop.Round {
        private static final long PARTS = 1000;

        private final PolledChannel polling;
        private final long part;
        private boolean done;

        Spread(PolledChannel polling, Channel channel) {
            this.polling = polling;
            this.part = Math.floorMod(channel.hashCode() * 31L, PARTS);
        }

        @Override
        public Duration run() {
            Duration pause = polling.round();
            if (done || !pause.isPositive()) {
                return pause;
            }
            done = true;
            return pause.plus(pause.multipliedBy(part).dividedBy(PARTS));
        }
    }

    @Override
    public String toString() {
        return name + " over " + source;
    }
}
