package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.Status;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.pipeline.stream.MarketEventSource.Subscription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The channels of a feed that this gateway or another one wants, and what of them is open at its own source. Guarded by the session's lock. */
final class RelayChannels {
    private final MarketEventSource source;
    private final OwnEvents events;
    private final int limit;
    private final Map<String, RelayChannel> byText = new LinkedHashMap<>();

    /** Receives what the own source sends; {@code generation} is that of the channel when it was opened. */
    interface OwnEvents {
        void happened(RelayChannel channel, int generation, StreamEvent event);

        /** The source was heard of. */
        void heard(RelayChannel channel, int generation, long nanos);
    }

    /** @param limit how many channels are requested of other gateways */
    RelayChannels(MarketEventSource source, OwnEvents events, int limit) {
        this.source = source;
        this.events = events;
        this.limit = limit;
    }

    Optional<RelayChannel> find(String text) {
        return Optional.ofNullable(byText.get(text));
    }

    /** The channel, which is added if it is not known. */
    RelayChannel of(Channel channel) {
        return byText.computeIfAbsent(
                ChannelText.of(channel), text -> new RelayChannel(channel, text, byText.size() >= limit));
    }

    /** All of them; a copy. */
    List<RelayChannel> all() {
        return List.copyOf(byText.values());
    }

    /** Those that this gateway wants, wherever they come from. */
    Stream<RelayChannel> shared() {
        return byText.values().stream().filter(channel -> channel.local() && !channel.beyondLimit);
    }

    boolean anyLocal() {
        return byText.values().stream().anyMatch(RelayChannel::local);
    }

    /** Whether other gateways want something, and nothing of the own source is up or about to be. */
    boolean allDownForOthers() {
        return byText.values().stream().anyMatch(channel -> channel.remote)
                && byText.values().stream().allMatch(channel -> {
                    Status status = channel.status();
                    return channel.own != null && status != null && status.state() == FeedState.DOWN;
                });
    }

    boolean isEmpty() {
        return byText.isEmpty();
    }

    /** Subscribes at the own source, unless that has been done. */
    void open(RelayChannel channel) {
        if (channel.own == null) {
            int generation = ++channel.generation;
            channel.own = source.subscribe(channel.channel, new EventSink() {
                @Override
                public void accept(StreamEvent event) {
                    events.happened(channel, generation, event);
                }

                @Override
                public void heard(long nanos) {
                    events.heard(channel, generation, nanos);
                }
            });
        }
    }

    /** Ends the subscription at the own source. */
    void close(RelayChannel channel) {
        Subscription own = channel.own;
        channel.generation++;
        channel.own = null;
        if (own != null) {
            own.close();
        }
    }

    /** @param holding whether what other gateways want counts */
    void removeIfUnwanted(RelayChannel channel, boolean holding) {
        if (!channel.local() && !(holding && channel.remote)) {
            close(channel);
            byText.remove(channel.text, channel);
        }
    }

    void closeAll() {
        all().forEach(this::close);
        byText.clear();
    }
}
