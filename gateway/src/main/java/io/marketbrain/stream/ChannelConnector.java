package io.marketbrain.stream;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.time.InstantSource;
import java.util.List;

/** Connects open channels to their source, and gives what comes from there to their listeners. Thread-safe. */
final class ChannelConnector {
    private final MarketEventSource source;
    private final EventRenderer renderer;
    private final OpenChannels channels;
    private final Object lock;
    private final NanoClock nanoClock;
    private final InstantSource clock;

    /** @param lock the lock of the hub, which guards the channels */
    ChannelConnector(
            MarketEventSource source,
            EventRenderer renderer,
            OpenChannels channels,
            Object lock,
            NanoClock nanoClock,
            InstantSource clock) {
        this.source = source;
        this.renderer = renderer;
        this.channels = channels;
        this.lock = lock;
        this.nanoClock = nanoClock;
        this.clock = clock;
    }

    /** Subscribes at the source. Must be called without the lock, since a source may have locks of its own. */
    void connect(RunningChannel running) {
        int generation;
        synchronized (lock) {
            generation = ++running.generation;
        }
        MarketEventSource.Subscription subscription =
                source.subscribe(running.channel, event -> publish(running, generation, event));
        boolean unwanted;
        synchronized (lock) {
            unwanted = running.closed || running.generation != generation;
            if (!unwanted) {
                running.source = subscription;
            }
        }
        if (unwanted) {
            subscription.close();
        }
    }

    static void disconnect(RunningChannel running) {
        MarketEventSource.Subscription subscription = running.source;
        if (subscription != null) {
            subscription.close();
        }
    }

    /** Subscribes to channels again, after a gap, except those whose source continues by itself. */
    void restart(List<RunningChannel> running, StreamEvent.Gap gap) {
        for (RunningChannel channel : running) {
            MarketEventSource.Subscription subscription = channel.source;
            if (subscription != null && subscription.survivesPauses()) {
                continue;
            }
            disconnect(channel);
            int generation;
            synchronized (lock) {
                generation = channel.generation;
            }
            publish(channel, generation, gap);
            connect(channel);
        }
    }

    private void publish(RunningChannel running, int generation, StreamEvent event) {
        StreamEvent.Status status = event instanceof StreamEvent.Status said ? said : running.status();
        byte[] body = renderer.render(running.channel, event, status);
        synchronized (lock) {
            if (!running.closed && running.generation == generation) {
                channels.share(running, event, body, nanoClock.nanos(), clock.instant());
            }
        }
    }
}
