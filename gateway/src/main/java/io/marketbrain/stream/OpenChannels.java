package io.marketbrain.stream;

import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.EventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The channels that are open, their listeners, and the log of what happened in them. Guarded by the lock of the hub. */
final class OpenChannels {
    private final String epoch;
    private final ReplayLog log;
    private final Map<Channel, RunningChannel> channels = new LinkedHashMap<>();

    /** @param epoch of the ids of the log */
    OpenChannels(String epoch, ReplayLog log) {
        this.epoch = epoch;
        this.log = log;
    }

    int count() {
        return channels.size();
    }

    List<RunningChannel> all() {
        return List.copyOf(channels.values());
    }

    Optional<RunningChannel> find(Channel channel) {
        return Optional.ofNullable(channels.get(channel));
    }

    /**
     * Adds a client to channels that it does not listen to yet, which continues after an event where that is known.
     *
     * @return the channels that had to be opened, to be connected to their source
     */
    List<RunningChannel> join(
            StreamClient client, Set<Channel> added, Optional<EventId> from, long nowNanos, Instant now) {
        List<RunningChannel> opened = new ArrayList<>();
        Set<Channel> resumed = new HashSet<>();
        List<ClientSubscription> fresh = new ArrayList<>();
        for (Channel channel : added) {
            RunningChannel running = open(channel, opened);
            boolean resumable = from.isPresent() && canResume(running, from.get());
            ClientSubscription subscription = client.add(running, from.isPresent() && !resumable);
            running.listeners.add(subscription);
            if (resumable) {
                resumed.add(channel);
                subscription.resumed = channel.kind() instanceof StreamKind.Bars;
            }
            if (resumable && channel.kind().everyEventCounts()) {
                subscription.state = ClientSubscription.State.LIVE;
            } else {
                fresh.add(subscription);
            }
        }
        if (!resumed.isEmpty()) {
            long position = from.orElseThrow().position();
            client.replay(log.after(position, resumed::contains), position, log.last());
        }
        fresh.forEach(subscription -> client.start(subscription, findStatus(subscription.channel, now), nowNanos));
        return opened;
    }

    private RunningChannel open(Channel channel, List<RunningChannel> opened) {
        RunningChannel existing = channels.get(channel);
        if (existing != null) {
            return existing;
        }
        var running = new RunningChannel(channel, log.last());
        channels.put(channel, running);
        opened.add(running);
        return running;
    }

    /**
     * Adds a listener within the process.
     *
     * @return the channel if it had to be opened, to be connected to its source
     */
    List<RunningChannel> observe(Channel channel, EventSink observer) {
        List<RunningChannel> opened = new ArrayList<>();
        open(channel, opened).observe(observer);
        return opened;
    }

    /** Removes a listener within the process. */
    void unobserve(Channel channel, EventSink observer, long nowNanos) {
        RunningChannel running = channels.get(channel);
        if (running != null && running.observers.remove(observer) && running.isIdle()) {
            running.idleSinceNanos = nowNanos;
        }
    }

    private boolean canResume(RunningChannel running, EventId from) {
        return from.epoch().equals(epoch) && log.reaches(from.position()) && running.openedAt <= from.position();
    }

    private Optional<SharedEvent> findStatus(RunningChannel running, Instant now) {
        byte[] body = running.statusBody();
        return Optional.ofNullable(body).map(said -> new SharedEvent(EventName.STATUS, true, log.last(), now, said));
    }

    /** Removes a client from one of its channels. */
    void leave(ClientSubscription subscription, long nowNanos) {
        RunningChannel running = subscription.channel;
        running.listeners.remove(subscription);
        if (running.isIdle()) {
            running.idleSinceNanos = nowNanos;
        }
    }

    /** Gives an event, rendered, to all listeners of its channel. */
    void share(RunningChannel running, StreamEvent event, byte[] body, long nowNanos, Instant now) {
        boolean counts = running.counts(event);
        var shared = new SharedEvent(
                EventName.of(running.channel.kind(), event),
                counts,
                counts ? log.next() : log.last(),
                since(event, now),
                body);
        if (counts) {
            log.add(running.channel, shared);
        }
        running.apply(event, body);
        running.observers.forEach(observer -> observer.accept(event));
        for (ClientSubscription listener : running.listeners) {
            listener.client.offer(listener, shared, nowNanos);
        }
    }

    /** When what an event says begins, so that a gap in its place covers it. */
    private static Instant since(StreamEvent event, Instant now) {
        Instant first = switch (event) {
            case StreamEvent.Update(Trades trades, var _, var _)
            when !trades.trades().isEmpty() -> trades.trades().getFirst().time();
            case StreamEvent.Update(Candles bars, var _, var _)
            when !bars.candles().isEmpty() -> bars.candles().getFirst().openTime();
            case StreamEvent.Gap gap -> gap.from();
            default -> now;
        };
        return first.isBefore(now) ? first : now;
    }

    /** Closes the channels that nobody has listened to for a while; returns them, to be disconnected. */
    List<RunningChannel> closeIdle(Duration linger, long nowNanos) {
        List<RunningChannel> left = new ArrayList<>();
        channels.values().removeIf(running -> {
            boolean over = running.isIdle() && nowNanos - running.idleSinceNanos >= linger.toNanos();
            if (over) {
                running.closed = true;
                left.add(running);
            }
            return over;
        });
        return left;
    }

    /** Closes all channels; returns them, to be disconnected. */
    List<RunningChannel> closeAll() {
        List<RunningChannel> running = all();
        running.forEach(channel -> channel.closed = true);
        channels.clear();
        return running;
    }
}
