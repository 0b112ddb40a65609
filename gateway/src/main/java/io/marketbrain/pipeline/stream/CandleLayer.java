package io.marketbrain.pipeline.stream;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Makes the bars of a feed final: builds them from trades where the feed has none, fetches those with a gap, and says which are
 * complete. Other channels pass through unchanged. Thread-safe.
 */
public final class CandleLayer implements StreamLayer {
    /** The code of the flag of a bar that could not be completed. */
    public static final String PARTIAL = "partial_bar";

    private final MarketDataSource requests;
    private final Predicate<Channel> hasBars;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final LongAdder fetched = new LongAdder();
    private final LongAdder partial = new LongAdder();

    /**
     * @param requests where bars with a gap are fetched
     * @param hasBars whether the source carries the bars of a channel; otherwise they are built from its trades
     */
    public CandleLayer(
            MarketDataSource requests, Predicate<Channel> hasBars, NanoClock nanoClock, InstantSource clock) {
        this.requests = requests;
        this.hasBars = hasBars;
        this.nanoClock = nanoClock;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "candles";
    }

    /** How many bars were fetched because something was missing, and how many could not be completed. */
    @Override
    public Map<String, Long> counters() {
        return Map.of("fetched", fetched.sum(), "partial", partial.sum());
    }

    @Override
    public MarketEventSource around(MarketEventSource next) {
        return new MarketEventSource() {
            @Override
            public Subscription subscribe(Channel channel, EventSink sink) {
                if (!(channel.kind() instanceof StreamKind.Bars(var interval))) {
                    return next.subscribe(channel, sink);
                }
                var bars = new BarChannel(channel, interval, requests, sink, nanoClock, clock, fetched, partial);
                Channel source = hasBars.test(channel)
                        ? channel
                        : new Channel(channel.provider(), channel.instrument(), new StreamKind.Trades());
                bars.start();
                Subscription below = next.subscribe(source, bars);
                return new Subscription() {
                    @Override
                    public void close() {
                        below.close();
                        bars.close();
                    }

                    // The feed breaks then, and the bars of the pause are fetched.
                    @Override
                    public boolean survivesPauses() {
                        return true;
                    }
                };
            }

            @Override
            public String toString() {
                return name() + " → " + next;
            }
        };
    }
}
