package io.marketbrain.pipeline.stream;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.MarketDataSource;
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
        var loop = new BackgroundLoop("stream-" + name, BackgroundLoop.Kind.VIRTUAL, nanoClock, polling::round).start();
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                polled.merge(channel.provider(), -1, Integer::sum);
                loop.stop();
            }
        };
    }

    @Override
    public String toString() {
        return name + " over " + source;
    }
}
