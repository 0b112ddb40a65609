package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Current;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Happened;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Heard;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a holder does for the other gateways: opens what they want and publishes it. Guarded by the session's lock. */
final class RelayPublisher {
    /** How often other gateways are told that the source was heard of. */
    private static final Duration HEARD = Duration.ofSeconds(1);

    private final ProviderId provider;
    private final RelayChannels channels;
    private final int limit;
    private final Predicate<Channel> carries;
    private final RelayMessageCodec codec;
    private final PublishQueue queue;
    private final Runnable toPublish;
    private final NanoClock nanoClock;
    private final InstantSource clock;

    /**
     * @param limit how many channels are opened for others
     * @param carries whether the own feed has a channel
     * @param toPublish called when something waits in the queue; must not block
     */
    RelayPublisher(
            ProviderId provider,
            RelayChannels channels,
            int limit,
            Predicate<Channel> carries,
            RelayMessageCodec codec,
            PublishQueue queue,
            Runnable toPublish,
            NanoClock nanoClock,
            InstantSource clock) {
        this.provider = provider;
        this.channels = channels;
        this.limit = limit;
        this.carries = carries;
        this.codec = codec;
        this.queue = queue;
        this.toPublish = toPublish;
        this.nanoClock = nanoClock;
        this.clock = clock;
    }

    /** The own source has an event. */
    void happened(RelayChannel channel, StreamEvent event) {
        if (channel.remote) {
            publish(channel.text, new Happened(event));
        }
    }

    /** The own source was heard of, which matters only where bars are built from trades. */
    void heard(RelayChannel channel, long nanos) {
        boolean due = nanos - channel.heardTold >= HEARD.toNanos() || channel.heardTold == 0;
        if (channel.remote && due && channel.channel.kind() instanceof StreamKind.Trades) {
            channel.heardTold = nanos;
            publish(channel.text, new Heard(clock.instant().minusNanos(nanoClock.nanos() - nanos)));
        }
    }

    /** Takes over what other gateways want. */
    void serve(List<String> wanted) {
        Set<String> now = new HashSet<>();
        for (String text : wanted) {
            Optional<Channel> found = ChannelText.find(provider, text).filter(carries);
            if (found.isPresent() && now.size() < limit) {
                now.add(text);
                RelayChannel channel = channels.of(found.get());
                channel.remote = true;
                channels.open(channel);
            }
        }
        for (RelayChannel channel : channels.all()) {
            if (channel.remote && !now.contains(channel.text)) {
                channel.remote = false;
                channels.removeIfUnwanted(channel, true);
            }
        }
    }

    /** Publishes the state of a channel that another gateway has asked for. */
    void tellState(String text) {
        Optional<RelayChannel> channel = channels.find(text).filter(known -> known.remote);
        if (channel.isPresent()) {
            tellState(channel.get());
            StreamEvent.Failed failure = channel.get().failure();
            if (failure != null) {
                publish(text, new Happened(failure));
            }
        } else if (text.length() <= ChannelText.MAX_LENGTH) {
            publish(text, new Unavailable());
        }
    }

    private void tellState(RelayChannel channel) {
        Current current = channel.current();
        channel.owed = current.snapshot() == null;
        publish(channel.text, current);
    }

    /** Publishes a state that was asked for before there was one: updates alone do not begin a channel. */
    void tellOwedState(RelayChannel channel) {
        if (channel.owed && channel.remote && channel.current().snapshot() != null) {
            tellState(channel);
        }
    }

    private void publish(String text, RelayMessage message) {
        byte[] bytes = codec.encode(text, message);
        queue.add(bytes.length <= RelayMessageCodec.MAX_BYTES ? bytes : codec.encode(text, new Unavailable()));
        toPublish.run();
    }
}
