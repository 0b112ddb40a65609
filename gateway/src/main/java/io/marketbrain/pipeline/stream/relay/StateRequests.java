package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.pipeline.stream.relay.RelayChannel.Relay;
import java.time.Duration;
import java.util.List;

/**
 * The states of channels that a follower asks the holder for, and when it asks again: until a state has come, whatever the reason. A channel
 * of which nothing comes soon is opened at the own source in the meantime. Guarded by the session's lock.
 */
final class StateRequests {
    /** How long the holder may take to send a state before the gateway opens the channel itself. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a channel that the holder cannot relay is not asked for. */
    static final Duration REFUSED = Duration.ofMinutes(1);

    /** After how long a state is asked for again; {@link #PATIENCE} once the channel is open at the own source, or the holder serves it. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** The most channels whose state is asked for at once. */
    private static final int MOST = 500;

    private final RelayChannels channels;
    private final RelayInbox inbox;

    StateRequests(RelayChannels channels, RelayInbox inbox) {
        this.channels = channels;
        this.inbox = inbox;
    }

    /** The channels to ask for now, as texts. */
    List<String> due() {
        return channels.all().stream()
                .filter(channel -> channel.relay == Relay.WAITING && !channel.asked)
                .map(channel -> channel.text)
                .limit(MOST)
                .toList();
    }

    /** Redis has taken requests. */
    void sent(List<String> texts, long nanos) {
        for (String text : texts) {
            channels.find(text).ifPresent(channel -> {
                channel.asked = true;
                channel.askedAt = nanos;
            });
        }
    }

    /** Notices what has not come in time. */
    void watch(long nanos) {
        channels.all().forEach(channel -> watch(channel, nanos));
    }

    private void watch(RelayChannel channel, long nanos) {
        long time = nanos - channel.relaySince;
        if (channel.relay == Relay.REFUSED && time > REFUSED.toNanos()) {
            channel.await(nanos);
        } else if (channel.relay == Relay.WAITING) {
            boolean late = time > PATIENCE.toNanos();
            if (late && !channel.served) {
                inbox.openHere(channel);
            }
            if (nanos - channel.askedAt > (late || channel.served ? PATIENCE : AGAIN).toNanos()) {
                channel.asked = false; // the holder may not have received the reply that said so
            }
        }
    }
}
