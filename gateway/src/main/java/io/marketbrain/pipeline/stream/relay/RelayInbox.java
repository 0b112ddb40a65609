package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Status;
import io.marketbrain.model.stream.StreamEvent.Update;
import io.marketbrain.pipeline.stream.relay.RelayChannel.Relay;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Current;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Happened;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Heard;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Unavailable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what the holder of a feed sends: in the order of the numbers, from the latest holder only, and with a gap where something is
 * missing. Guarded by the session's lock.
 */
final class RelayInbox {
    static final String MOVED = "the feed moved from one gateway to another";
    private static final String LOST = "events from the gateway that holds the feed were lost";

    /** How much older the state that the holder sends may be than what the own feed has delivered. */
    private static final Duration OVERLAP = Duration.ofSeconds(1);

    /** A message cannot be so late: a clock was set. */
    private static final Duration CLOCK_SET = Duration.ofMinutes(1);

    private final RelayChannels channels;
    private final RelayMessageCodec codec;
    private final RelayCounters counters;
    private final InstantSource clock;
    private long token;
    private long lastNumber = -1;
    private Instant intactUntil;
    private @Nullable Duration leastDifference;

    RelayInbox(RelayChannels channels, RelayMessageCodec codec, RelayCounters counters, InstantSource clock) {
        this.channels = channels;
        this.codec = codec;
        this.counters = counters;
        this.clock = clock;
        this.intactUntil = clock.instant();
    }

    /** The token of the holder. */
    long token() {
        return token;
    }

    /** The instant until which nothing that the holder received is missing. */
    Instant intactUntil() {
        return intactUntil;
    }

    /** Begins to follow a holder: every channel waits for its state. */
    void begin(long holder, long nanos) {
        token = holder;
        lastNumber = -1;
        leastDifference = null;
        intactUntil = clock.instant();
        for (RelayChannel channel : channels.all()) {
            if (channel.beyondLimit) {
                channels.open(channel);
            } else {
                channel.await(nanos);
            }
        }
    }

    /** Another gateway has taken over: all states are void. */
    void changeHolder(long holder, long nanos) {
        token = holder;
        lastNumber = -1;
        leastDifference = null;
        interrupt(MOVED, nanos);
    }

    private void interrupt(String why, long nanos) {
        for (RelayChannel channel : channels.all()) {
            if (!channel.beyondLimit) {
                if (channel.relay == Relay.LIVE) {
                    channel.broke(intactUntil, why);
                }
                channel.await(nanos);
            }
        }
    }

    /** A message has arrived; whether something is to be asked for. */
    boolean received(byte[] message, long nanos) {
        if (message.length < PublishQueue.HEAD) {
            counters.invalid.increment();
            return false;
        }
        var head = ByteBuffer.wrap(message);
        long from = head.getLong();
        long number = head.getLong();
        if (from < token) {
            counters.fenced.increment();
            return false;
        }
        boolean ask = false;
        if (from > token) {
            changeHolder(from, nanos);
            ask = true;
        }
        if (lastNumber >= 0 && number <= lastNumber) {
            return ask; // sent again, because its confirmation was lost
        }
        if (lastNumber >= 0 && number > lastNumber + 1) {
            counters.lost.add(number - lastNumber - 1);
            interrupt(LOST, nanos);
            ask = true;
        }
        lastNumber = number;
        return take(Arrays.copyOfRange(message, PublishQueue.HEAD, message.length), nanos) || ask;
    }

    /** Takes in the content of a message; whether something is to be asked for. */
    private boolean take(byte[] body, long nanos) {
        Optional<RelayChannel> found = RelayMessageCodec.findChannel(body)
                .flatMap(channels::find)
                .filter(channel -> channel.local() && !channel.beyondLimit);
        if (found.isEmpty()) {
            return false;
        }
        RelayChannel channel = found.get();
        Optional<RelayMessage> message = codec.decode(channel.channel, body);
        if (message.isEmpty()) {
            counters.invalid.increment();
            return unreadable(channel, nanos);
        }
        Instant now = clock.instant();
        switch (message.get()) {
            case Current current -> current(channel, current, now);
            case Happened(StreamEvent event) -> relayed(channel, event, now);
            case Heard(Instant at) -> heard(channel, at, now, nanos);
            case Unavailable() -> refuse(channel, nanos);
        }
        return false;
    }

    private boolean unreadable(RelayChannel channel, long nanos) {
        boolean live = channel.relay == Relay.LIVE;
        if (live) {
            channel.broke(intactUntil, LOST);
            channel.await(nanos);
        }
        return live;
    }

    private void current(RelayChannel channel, Current current, Instant now) {
        if (channel.relay != Relay.WAITING) {
            return;
        }
        channel.served = true;
        Snapshot snapshot = current.snapshot();
        Status status = current.status();
        if (snapshot != null) {
            goLive(channel, status, now);
            counters.relayed.increment();
            channel.deliver(snapshot, now);
        } else if (status != null && channel.own == null) {
            channel.deliver(status, now);
        }
    }

    private void relayed(RelayChannel channel, StreamEvent event, Instant now) {
        switch (event) {
            case Snapshot snapshot -> {
                if (channel.relay == Relay.WAITING) {
                    goLive(channel, null, now);
                }
                data(channel, event, snapshot.receivedAt(), now);
            }
            case Update update -> data(channel, event, update.receivedAt(), now);
            case StreamEvent.Gap _ -> {
                if (channel.relay == Relay.LIVE) {
                    channel.deliver(event, now);
                }
            }
            case Status _, StreamEvent.Failed _ -> {
                if (channel.own == null) {
                    channel.deliver(event, now);
                }
            }
        }
    }

    private void data(RelayChannel channel, StreamEvent event, Instant receivedAt, Instant now) {
        Instant received = receivedAt.isBefore(now) ? receivedAt : now;
        intactUntil = received.isAfter(intactUntil) ? received : intactUntil;
        if (channel.relay == Relay.LIVE) {
            counters.relayed.increment();
            channel.deliver(event, now);
        }
    }

    /** How late the message is shows by the earliest one: the holder's clock may differ from this gateway's. */
    private void heard(RelayChannel channel, Instant at, Instant now, long nanos) {
        Duration difference = Duration.between(at, now);
        Duration least = leastDifference;
        if (least == null
                || difference.compareTo(least) < 0
                || difference.minus(least).compareTo(CLOCK_SET) > 0) {
            least = difference;
            leastDifference = difference;
        }
        if (channel.relay == Relay.LIVE) {
            channel.heard(nanos - difference.minus(least).toNanos());
        }
    }

    /**
     * The holder's events follow from now on; the own feed of the channel is no longer needed.
     *
     * @param said what the holder's feed last said about itself; null if unknown
     */
    private void goLive(RelayChannel channel, @Nullable Status said, Instant now) {
        channel.relay = Relay.LIVE;
        Status next = said;
        if (channel.own != null) {
            channel.broke(now.minus(OVERLAP), MOVED);
            channels.close(channel);
            Status last = channel.status();
            if (next == null && last != null) {
                next = new Status(last.state(), last.mode(), FeedTransport.RELAY, last.reason(), now);
            }
        }
        if (next != null) {
            channel.deliver(next, now);
        }
    }

    private void refuse(RelayChannel channel, long nanos) {
        if (channel.relay == Relay.WAITING || channel.relay == Relay.LIVE) {
            channel.refuse(nanos);
            openHere(channel);
        }
    }

    /** The holder does not relay the channel, at least at present: this gateway gets it itself. */
    void openHere(RelayChannel channel) {
        if (channel.own == null) {
            channel.broke(intactUntil, MOVED);
            channels.open(channel);
        }
    }
}
